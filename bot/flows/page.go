package flows

import (
	"slices"

	"wksbm/bot/chat"
)

// Page is a screen without questions: a list, a record, a book. It keeps nothing between two
// presses: its buttons carry all that the next look needs, so that an old one redraws. What a button
// says that it does ("Selesai", "Nihil") is recorded when it is pressed.
type Page struct {
	Name    string // Tap argument and, when Command is set, the command
	Command bool   // "/name words" opens it
	Anyone  bool   // also for those who may not report, or not any more
	Show    func(e Env, args []string) []chat.Reply
}

// Pages lists the pages.
func Pages() []Page {
	return []Page{othersPage(), activitiesPage(), activityPage(), partnersPage(), partnerPage(), nothingPage(), profilePage(), handOverPage(), takeOverPage(), quietPage(), rosterPage(), casesPage(), casePage(), bookPage(), guidePage(), erasePage(), ownDataPage()}
}

// PageRoom is the Tap.To of the buttons of pages; their Args are the page's name and its own.
const PageRoom = "p"

// OpenPage shows a page to an active member; false when there is none of that name.
func OpenPage(e Env, name string, args []string, command bool) ([]chat.Reply, bool) {
	for _, p := range Pages() {
		if p.Name == name && (p.Command || !command) {
			if !e.active() && !p.Anyone && !(e.oversees() && name == guidePageName) {
				return []chat.Reply{Welcome(e)}, true
			}
			return p.Show(e, args), true
		}
	}
	return nil, false
}

// OpenToAll says whether a page is for those, too, who report for no village.
func OpenToAll(name string) bool {
	return slices.ContainsFunc(Pages(), func(p Page) bool { return p.Name == name && p.Anyone })
}

// argAt is argument i of a page, "" when there is none.
func argAt(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

// pageTap is a button that opens a page.
func pageTap(label, name string, args ...string) chat.Button {
	return chat.Button{Label: label, Data: chat.NewTap(PageRoom, append([]string{name}, args...)...).Data()}
}
