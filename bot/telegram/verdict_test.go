package telegram

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/outbox"
)

// Each row of the table of refusals, through the real client.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]outbox.Kind{
		`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}`: outbox.Flood,
		refused(400, "message is not modified: same"):                                        outbox.Unchanged,
		refused(400, "message to edit not found"):                                            outbox.Gone,
		refused(400, "message can't be edited"):                                              outbox.Gone,
		refused(400, "message to delete not found"):                                          outbox.Gone,
		refused(400, "message to be replied not found"):                                      outbox.NoReply,
		refused(400, "message thread not found"):                                             outbox.NoTopic,
		refused(400, "can't parse entities: Unsupported start tag"):                          outbox.BadEntities,
		refused(400, "message text is empty"):                                                outbox.Hopeless,
		refused(400, "message is too long"):                                                  outbox.Hopeless,
		refused(400, "BUTTON_DATA_INVALID"):                                                  outbox.BadMarkup,
		refused(400, "object expected as reply markup"):                                      outbox.BadMarkup,
		refused(400, "query is too old and response timeout expired or query ID is invalid"): outbox.TooOld,
		refused(400, "chat not found"):                                                       outbox.Hopeless,
		`{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1005}}`: outbox.Moved,
		refused(400, "not enough rights to send text messages to the chat"):                                                                                 outbox.NoRights,
		refused(401, "Unauthorized"):                                           outbox.Refused,
		refused(403, "Forbidden: bot was blocked by the user"):                 outbox.Unreachable,
		refused(403, "Forbidden: user is deactivated"):                         outbox.Unreachable,
		refused(403, "Forbidden: bot can't initiate conversation with a user"): outbox.Unreachable,
		refused(403, "Forbidden: bot was kicked from the supergroup chat"):     outbox.Expelled,
		refused(403, "Forbidden: bot is not a member of the supergroup chat"):  outbox.Expelled,
		refused(403, "Forbidden: the group chat was deleted"):                  outbox.Expelled,
		refused(404, "Not Found"):                                              outbox.Retry,
		refused(413, "Request Entity Too Large"):                               outbox.Hopeless,
		refused(500, "Internal Server Error: restart"):                         outbox.Retry,
		`<html><body>502 Bad Gateway</body></html>`:                            outbox.Ambiguous,
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
		c, err := Dial("1:secret", srv.URL, Options{HTTP: srv.Client()})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Send(context.Background(), chat.Reply{Act: chat.Say, Chat: 7, Text: "isi rahasia"})
		v, ok := err.(*outbox.Verdict)
		if !ok || v.Kind != want || strings.Contains(v.Error(), "rahasia") {
			t.Errorf("%s\n= %v, want %s", body, err, want)
		}
		if want == outbox.Flood && v.After != 35*time.Second || want == outbox.Moved && v.To != -1005 {
			t.Errorf("%s lost its number: %+v", body, v)
		}
		srv.Close()
	}
}

func refused(code int, text string) string {
	return fmt.Sprintf(`{"ok":false,"error_code":%d,"description":"Bad Request: %s"}`, code, text)
}

func TestNoServerIsSurelyNotSent(t *testing.T) {
	t.Parallel()
	c, err := Dial("1:secret", "http://127.0.0.1:1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Send(context.Background(), chat.Reply{Act: chat.Say, Chat: 7, Text: "x"})
	if v, ok := err.(*outbox.Verdict); !ok || v.Kind != outbox.Retry {
		t.Errorf("no server: %v", err)
	}
}

func TestDialRefusesMalformedTokens(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"", "abc", "1:", "1:a b", "1:a\nb", "x:abc"} {
		_, err := Dial(token, "", Options{})
		if err == nil || len(token) > 3 && strings.Contains(err.Error(), token) {
			t.Errorf("Dial(%q) = %v", token, err)
		}
	}
	if _, err := Dial(" 1:abc\n", "", Options{}); err != nil {
		t.Errorf("spaces around the token: %v", err)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("<b>baris</b> &amp; isi\n", 1000)
	ps := pages(long)
	if strings.Join(ps, "\n") != strings.TrimRight(long, "") && len(ps) < 2 {
		t.Errorf("%d pages", len(ps))
	}
	for _, p := range ps {
		if n := len([]rune(chat.Plain(p))); n > maxText || strings.Count(p, "<b>") != strings.Count(p, "</b>") {
			t.Errorf("a page of %d characters", n)
		}
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	got := Redact("https://x/bot1:a_b/getMe NIK 5207990101010001", "1:a_b")
	if strings.Contains(got, "a_b") || strings.Contains(got, "5207") {
		t.Error(got)
	}
}
