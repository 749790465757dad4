package telegram

import (
	"context"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"wksbm/bot/chat"
	"wksbm/bot/outbox"
)

// seat asks whether a person is in a group (getChatMember). That the messenger knows no such member is
// an answer too.
func (c *Client) seat(ctx context.Context, r chat.Reply) (int64, error) {
	m, err := c.api.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: r.Group, UserID: r.Chat})
	if err != nil {
		for _, unknown := range []string{"user not found", "member not found", "participant_id_invalid", "user_id_invalid"} {
			if strings.Contains(strings.ToLower(err.Error()), unknown) {
				return outbox.SeatOutside, nil
			}
		}
		return 0, err
	}
	switch {
	case m.Type == models.ChatMemberTypeOwner || m.Type == models.ChatMemberTypeAdministrator:
		return outbox.SeatAdmin, nil
	case m.Type == models.ChatMemberTypeMember, m.Restricted != nil && m.Restricted.IsMember:
		return outbox.SeatMember, nil
	}
	return outbox.SeatOutside, nil
}
