package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

// The control socket lies beside the database of a running bot, whose lock keeps every other process
// out, and speaks HTTP: a POST for each thing the bot can be asked to do, JSON both ways.

// socketOf returns the control socket of a database.
func socketOf(database string) string { return strings.TrimSuffix(database, ".db") + ".sock" }

// listenControl opens the socket for this user alone. The caller holds the database, so a socket
// that is there already was left behind by a bot that died.
func listenControl(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("remove old control socket: %w", err)
	}
	mask := syscall.Umask(0o177)
	defer syscall.Umask(mask)
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("open control socket: %w", err)
	}
	return l, nil
}

// serveControl answers on l until ctx ends, then lets requests under way finish.
func serveControl(ctx context.Context, l net.Listener, k keeper) error {
	server := &http.Server{Handler: controlRoutes(k), ReadHeaderTimeout: time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve control socket: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("close control socket: %w", err)
	}
	return nil
}

func controlRoutes(k keeper) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /doctor", answering(func(ctx context.Context, _ struct{}) (findings, error) { return k.Doctor(ctx) }))
	mux.Handle("POST /invite", answering(k.Invite))
	mux.Handle("POST /backup", answering(k.Backup))
	return mux
}

// answering makes a handler of a function. Its error reaches the other side as plain text.
func answering[In, Out any](do func(context.Context, In) (Out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<16)).Decode(&in); err != nil {
			http.Error(w, "decode request: "+err.Error(), http.StatusBadRequest)
			return
		}
		out, err := do(r.Context(), in)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(out) // a caller that went away needs no answer
	})
}

// remote is the keeper in another process: the running bot.
type remote struct{ http *http.Client }

// askTime is how long the running bot may take: the doctor reads a large archive in minutes.
const askTime = 10 * time.Minute

// dialControl finds the running bot, if there is one.
func dialControl(path string) (remote, bool) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", path)
	}
	c, err := dial(context.Background(), "", "")
	if err != nil {
		return remote{}, false
	}
	_ = c.Close()
	return remote{&http.Client{Transport: &http.Transport{DialContext: dial}, Timeout: askTime}}, true
}

// Doctor implements keeper.
func (r remote) Doctor(ctx context.Context) (findings, error) {
	return asking[findings](ctx, r, "doctor", struct{}{})
}

// Invite implements keeper.
func (r remote) Invite(ctx context.Context, w inviteWish) (invitation, error) {
	return asking[invitation](ctx, r, "invite", w)
}

// Backup implements keeper.
func (r remote) Backup(ctx context.Context, w backupWish) (backupNote, error) {
	return asking[backupNote](ctx, r, "backup", w)
}

// Close implements keeper.
func (r remote) Close() error {
	r.http.CloseIdleConnections()
	return nil
}

func asking[Out, In any](ctx context.Context, r remote, what string, in In) (out Out, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return out, fmt.Errorf("encode request: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://bot/"+what, bytes.NewReader(body))
	if err != nil {
		return out, fmt.Errorf("ask running bot: %w", err)
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return out, fmt.Errorf("ask running bot: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
		return out, errors.New(strings.TrimSpace(string(said)))
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return out, fmt.Errorf("read answer of running bot: %w", err)
	}
	return out, nil
}
