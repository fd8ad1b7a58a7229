// Reads "region<TAB>number" lines and answers "e164<TAB>region<TAB>national<TAB>international": the other
// half of oracle.mjs, which compares with libphonenumber-js.
#include <iostream>
#include <string>

#include "core/phone/number.h"

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const size_t tab = line.find('\t');
    const auto e164 = recado::phone::ToE164(line.substr(tab + 1), line.substr(0, tab));
    if (e164) {
      std::cout << *e164 << '\t' << recado::phone::RegionOf(*e164) << '\t'
                << recado::phone::FormatNational(*e164) << '\t' << recado::phone::FormatInternational(*e164);
    }
    std::cout << '\n';
  }
}
