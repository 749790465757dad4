package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// form is what a request brings.
type form struct {
	values map[string]string
	files  map[string]upload
}

type upload struct {
	name string
	data []byte
}

func (f form) int(key string) int64 {
	n, _ := strconv.ParseInt(f.values[key], 10, 64)
	return n
}

func (f form) bool(key string) bool { return f.values[key] == "true" }

// ServeHTTP speaks the Bot API: POST /bot<token>/<method> and GET /file/bot<token>/<path>.
func (t *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, header, body, err := t.serve(r.Context(), r)
	if err != nil {
		panic(http.ErrAbortHandler) // cuts the connection
	}
	w.Header().Set("Content-Type", header)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// Client is an HTTP client that reaches this Telegram without a network, whatever the address.
func (t *Telegram) Client() *http.Client { return &http.Client{Transport: inside{t}} }

type inside struct{ t *Telegram }

// RoundTrip implements http.RoundTripper.
func (i inside) RoundTrip(r *http.Request) (*http.Response, error) {
	status, header, body, err := i.t.serve(r.Context(), r)
	if r.Body != nil {
		_ = r.Body.Close()
	}
	if err == nil {
		err = r.Context().Err()
	}
	if err != nil {
		return nil, fmt.Errorf("simulated network: %w", err)
	}
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {header}}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}, nil
}

const (
	jsonBody = "application/json"
	htmlBody = "text/html"
)

func (t *Telegram) serve(ctx context.Context, r *http.Request) (status int, header string, body []byte, err error) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+t.o.Token+"/"); ok {
		return t.serveFile(path)
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+t.o.Token+"/")
	if !ok {
		return answer(nil, &refusal{Code: 401, Text: "Unauthorized"})
	}
	f, err := readForm(r)
	if err != nil {
		if ctx.Err() != nil {
			return 0, "", nil, ctx.Err()
		}
		return answer(nil, bad("can't parse request"))
	}
	fault := t.meet(Call{Method: method, Chat: f.int("chat_id"), Params: f.params()})
	if err := linger(ctx, fault.Delay); err != nil {
		return 0, "", nil, err
	}
	switch {
	case fault.CutBefore:
		return 0, "", nil, errCut
	case fault.Status >= 500 && !fault.JSON:
		return fault.Status, htmlBody, []byte("<html><body><h1>" + http.StatusText(fault.Status) + "</h1>" + r.URL.Path + "</body></html>"), nil
	case fault.Status != 0:
		return answer(nil, &refusal{Code: fault.Status, Text: fault.Text, Retry: fault.RetryAfter})
	}
	result, err := t.call(ctx, method, f)
	if fault.CutAfter || errors.Is(err, errCut) {
		return 0, "", nil, errCut
	}
	return answer(result, err)
}

// params are the values of a form, and the names of the files that stand for a value themselves.
func (f form) params() map[string]string {
	out := maps.Clone(f.values)
	for key, up := range f.files {
		attached := slices.Contains(slices.Collect(maps.Values(f.values)), "attach://"+key)
		if _, given := out[key]; !given && !attached {
			out[key] = up.name
		}
	}
	return out
}

func linger(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func answer(result any, err error) (int, string, []byte, error) {
	var no *refusal
	switch {
	case err == nil:
		return http.StatusOK, jsonBody, encode(object{"ok": true, "result": result}), nil
	case !errors.As(err, &no):
		return 0, "", nil, err
	}
	o := object{"ok": false, "error_code": no.Code, "description": no.Text}
	switch {
	case no.Retry > 0:
		o["parameters"] = object{"retry_after": no.Retry}
	case no.MovedTo != 0:
		o["parameters"] = object{"migrate_to_chat_id": no.MovedTo}
	}
	return no.Code, jsonBody, encode(o), nil
}

// call carries out one method. getUpdates waits, so it takes the lock itself.
func (t *Telegram) call(ctx context.Context, method string, f form) (any, error) {
	if method == "getUpdates" {
		return t.getUpdates(ctx, f)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	do := t.methods()[method]
	if do == nil {
		return nil, &refusal{Code: 404, Text: "Not Found"}
	}
	return do(f)
}

func (t *Telegram) methods() map[string]func(form) (any, error) {
	return map[string]func(form) (any, error){
		"getMe":                  func(form) (any, error) { return t.botUser(), nil },
		"sendMessage":            t.sendMessage,
		"sendPhoto":              t.sendPhoto,
		"sendDocument":           t.sendDocument,
		"sendChatAction":         t.sendChatAction,
		"editMessageText":        t.editMessageText,
		"editMessageReplyMarkup": t.editMessageReplyMarkup,
		"deleteMessage":          t.deleteMessage,
		"pinChatMessage":         t.pinChatMessage,
		"unpinChatMessage":       t.unpinChatMessage,
		"setMessageReaction":     t.setMessageReaction,
		"answerCallbackQuery":    t.answerCallbackQuery,
		"setMyCommands":          t.setMyCommands,
		"setMyName":              t.setMyName,
		"setMyDescription":       t.setMyDescription,
		"setMyShortDescription":  t.setMyShortDescription,
		"deleteWebhook":          func(form) (any, error) { return true, nil },
		"getChatMember":          t.getChatMember,
		"getFile":                t.getFile,
	}
}

// maxBody is the size of the largest upload.
const maxBody = 50 << 20

// readForm reads the three forms of a request that the Bot API takes.
func readForm(r *http.Request) (form, error) {
	f := form{values: map[string]string{}, files: map[string]upload{}}
	for key, v := range r.URL.Query() {
		f.values[key] = v[0]
	}
	if r.Body == nil {
		return f, nil
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body := io.LimitReader(r.Body, maxBody)
	if kind == "multipart/form-data" {
		return f, f.readParts(multipart.NewReader(body, params["boundary"]))
	}
	data, err := io.ReadAll(body)
	if err != nil || len(data) == 0 {
		return f, err
	}
	if kind == jsonBody {
		return f, f.readJSON(data)
	}
	q, err := url.ParseQuery(string(data))
	for key, v := range q {
		f.values[key] = v[0]
	}
	return f, err
}

func (f form) readParts(parts *multipart.Reader) error {
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		if name := p.FileName(); name != "" {
			f.files[p.FormName()] = upload{name, data}
		} else {
			f.values[p.FormName()] = string(data)
		}
	}
}

func (f form) readJSON(data []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for key, raw := range all {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			f.values[key] = s
		} else {
			f.values[key] = string(raw)
		}
	}
	return nil
}
