package flows_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// residents are the names and blocks that people tell in the transcripts of cases and deaths.
var residents = regexp.MustCompile(`(?i)\bsiti|\bamin|rahma|ratna|dewi|lestari|papuk|inaq|amir|zainal|longa|kdrt|tindak kekerasan|tempat aman|kasur`)

// TestGroupHearsOfNoResident reads what the Dinsos group sees in the transcripts of people in need and of those who follow them up:
// places, kinds and counts, never who it is, a NIK or a photo.
func TestGroupHearsOfNoResident(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, pattern := range []string{"household*", "case_note*", "death*", "rincian*", "follow*", "alike*", "cari*", "erase*"} {
		files, err := filepath.Glob("testdata/" + pattern + ".txt")
		if err != nil || len(files) == 0 {
			t.Fatalf("no transcripts %s: %v", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(text), "\n") {
				words, group := strings.CutPrefix(line, "grup< ")
				if !group {
					continue
				}
				seen++
				if residents.MatchString(words) || longNumber.MatchString(words) || strings.Contains(words, "••") || strings.Contains(words, "(foto)") && !strings.HasPrefix(words, "(foto) Rekap WKSBM") {
					t.Errorf("%s: the group sees %q", file, words)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d lines of the group: the transcripts post no cards", seen)
	}
}

var longNumber = regexp.MustCompile(`\d{12,}|\d{4} \d{4} \d{4}`)

// quiet checks that a log holds nothing that people said.
func (s *stage) quiet() {
	log := s.log.String()
	for _, e := range s.telegram.Events(0) {
		if e.Message == nil || e.Person == 0 {
			continue
		}
		if said := e.Message.Text; len(said) > 8 && strings.Contains(said, " ") && strings.Contains(log, said) || longNumber.MatchString(said) && strings.Contains(log, longNumber.FindString(said)) {
			s.t.Errorf("the log repeats what a person said")
		}
	}
}
