// Backup and restore: the whole store in a file that can be carried away, and back.
//
// A copy is `copy.db` and, where there are uploaded files, the folder `copy.db.files`. The key that opens the
// vendors' secrets (`recado.db.key`) is not in it: whoever finds the copy must not find the secrets open.
// Keep the key elsewhere; without it a restored store works, and the secrets have to be typed in again.
//
// A restored store does not know what was sent after the copy was made, and would send it again. So it comes
// back with all sending paused; a person looks at what is due, cancels what is done, and resumes.
#pragma once

#include <string>

#include "core/base/instant.h"
#include "core/base/result.h"

namespace recado::store {

// Puts a copy at the place of a store. The store there, if any, is put aside first where `replace` says so
// (as `recado.db.before-<instant>`), else it is the error store_unreadable. Errors: store_in_use (a service
// runs on it), store_unreadable (no copy, or a damaged one: nothing has been changed then), store_too_new.
struct Restored {
  std::string put_aside;  // where the former store is now; "" : there was none
  bool has_key = false;   // a key is there: secrets may open
};
Result<Restored> Restore(const std::string& copy, const std::string& store, bool replace, Instant now);

// The uploaded files of one store beside another; those that are there already are kept. `from` need not
// exist.
Diagnostics CopyFiles(const std::string& from, const std::string& to);

}  // namespace recado::store
