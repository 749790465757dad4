package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// What the README shows and names must be there.
func TestReadmeIsTrue(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	for _, block := range regexp.MustCompile("(?s)```\nketua>.*?```").FindAllString(readme, -1) {
		chat := strings.Trim(block, "`\n")
		played, err := os.ReadFile("../../bot/flows/testdata/aid_received.txt")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(played), chat) {
			t.Error("the chat in the README is not one that the bot has")
		}
	}
	for _, hit := range regexp.MustCompile("`((?:bot|cmd|storage)[a-z_/]*(?:\\.go|\\.txt|\\.csv)?)`").FindAllStringSubmatch(readme, -1) {
		if _, err := os.Stat("../../" + hit[1]); err != nil && !strings.Contains(hit[1], "meeting") {
			t.Errorf("the README names %s: %v", hit[1], err)
		}
	}
	head, _, _ := strings.Cut(readme, "\n## ")
	for _, command := range []string{"go run ./cmd/wksbm demo", "go test ./..."} {
		if !strings.Contains(head, command) {
			t.Errorf("%q is not at the top of the README", command)
		}
	}
	build := readme[strings.Index(readme, "## How it is built"):strings.Index(readme, "## How to add")]
	if n := strings.Count(build, "\n"); n > 60 {
		t.Errorf("how it is built takes %d lines", n)
	}
}
