package text

import "testing"

func TestMaskNIK(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"nik 5207 9901 2345 0001, beras": "nik 5207 •••• •••• ••01, beras",
		"5207990123450001":               "5207 •••• •••• ••01",
		"0812 3456 7890":                 "0812 3456 7890",
		"":                               "",
	} {
		if got := MaskNIK(s); got != want || HasNIK(s) != (s != want) {
			t.Errorf("MaskNIK(%q) = %q, HasNIK %v", s, got, HasNIK(s))
		}
	}
}
