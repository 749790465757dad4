package storage

import "syscall"

// populate reads the file in at opening, which walking its tree needs anyway (STORAGE.md §1).
const populate = syscall.MAP_POPULATE
