#include "core/sms/culprit.h"

#include <bit>

#include "core/base/utf8.h"
#include "core/sms/replace.h"
#include "core/text/case.h"

namespace recado::sms {
namespace {

// Emoji, variation selectors, the joiner and the keycap stay what they are when a text is composed. (Asking
// ICU costs more than everything else here.)
bool NeverComposes(char32_t c) {
  return (c >= 0x1F000 && c <= 0x1FFFF) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x200D || c == 0x20E3;
}

// Marks the foreign stretches of one cluster after the other.
template <class Text>
class Marker {
 public:
  Marker(const Text& text, ClassSet foreign, size_t limit, Marks& marks)
      : text_(text), foreign_(foreign), limit_(limit), marks_(marks) {}

  void Cluster(Stretch cluster) {
    if (cluster.to - cluster.from == 1) {
      if (IsForeign(text_.At(cluster.from))) AddStretch(cluster);
      return;
    }
    bool any = false;
    bool mixed = false;
    bool composes = true;
    for (size_t at = cluster.from; at < cluster.to;) {
      const Point point = text_.At(at);
      const bool foreign = IsForeign(point);
      any |= foreign;
      mixed |= !foreign;
      composes = composes && !(foreign && NeverComposes(point.code_point));
      at += point.length;
    }
    if (!any) return;
    if (!mixed) {
      AddStretch(cluster);
    } else if (!composes || !AddComposed(cluster)) {
      Stretches(cluster);
    }
  }

 private:
  bool IsForeign(const Point& point) const { return (foreign_ & SetOf(ClassOf(point.code_point))) != 0; }

  void Stretches(Stretch cluster) {
    uint32_t stretch = cluster.from;
    bool inside = false;
    for (uint32_t at = cluster.from; at < cluster.to;) {
      const Point point = text_.At(at);
      const bool foreign = IsForeign(point);
      if (foreign && !inside) stretch = at;
      if (!foreign && inside) AddStretch({stretch, at});
      inside = foreign;
      at += point.length;
    }
    if (inside) AddStretch({stretch, cluster.to});
  }

  // A letter with its accent behind it (as some keyboards and file systems write é) that is one character of
  // the alphabet when composed.
  bool AddComposed(Stretch cluster) {
    const std::string composed = text::Compose(Utf8Of(text_, cluster));
    const Utf8Text whole(composed);
    for (size_t at = 0; at < whole.size();) {
      const Point point = whole.At(at);
      if (IsForeign(point)) return false;
      at += point.length;
    }
    if (marks_.list.size() >= limit_) return true;
    marks_.replacements += composed;
    marks_.list.push_back({cluster, static_cast<uint32_t>(composed.size())});
    return true;
  }

  void AddStretch(Stretch stretch) {
    if (marks_.list.size() >= limit_) return;
    const size_t before = marks_.replacements.size();
    marks_.list.push_back({stretch});
    for (size_t at = stretch.from; at < stretch.to;) {
      const Point point = text_.At(at);
      const std::optional<std::string_view> entry = ReplacementFor(point.code_point);
      if (!entry) {
        marks_.replacements.resize(before);
        return;
      }
      marks_.replacements.append(*entry);
      at += point.length;
    }
    marks_.list.back().replacement = static_cast<uint32_t>(marks_.replacements.size() - before);
  }

  const Text& text_;
  ClassSet foreign_;
  size_t limit_;
  Marks& marks_;
};

}  // namespace

template <class Text>
std::string Utf8Of(const Text& text, Stretch piece) {
  std::string out;
  for (size_t at = piece.from; at < piece.to;) {
    const Point point = text.At(at);
    utf8::Append(out, point.code_point);
    at += point.length;
  }
  return out;
}

ClassSet ForeignClasses(const Tally& tally, const CountOptions& options) {
  ClassSet foreign = kOutsideDefault;
  for (const National national : options.national) foreign &= UnsayableWith(CostsOf(national, national));
  return (foreign & tally.classes) != 0 ? foreign : kOutsideDefault;
}

template <class Text>
void MarkForeign(const Text& text, const std::vector<Stretch>& clusters, ClassSet foreign, size_t limit,
                 Marks& marks) {
  Marker<Text> marker(text, foreign, limit, marks);
  for (const Stretch& cluster : clusters) {
    if (marks.list.size() >= limit) return;
    marker.Cluster(cluster);
  }
}

template <class Text>
void MarkExtended(const Text& text, const Form& form, Marks& marks) {
  const Costs costs = CostsOf(form.locking, form.single);
  for (uint32_t at = 0; at < text.size();) {
    const Point point = text.At(at);
    if (costs[ClassOf(point.code_point)] == 2) marks.list.push_back({{at, at + point.length}});
    at += point.length;
  }
}

template <class Text>
Tally TallyReplaced(const Text& text, const Tally& tally, bool by_tables, const Marks& marks) {
  Tally after = tally;
  const auto add = [&](const Point& point, size_t one) {
    const CharacterClass character_class = ClassOf(point.code_point);
    const CharacterClass counted = by_tables ? character_class : DefaultClassOf(character_class);
    after.by_class[counted] += one;  // −1, unsigned, comes out right
    after.classes |= SetOf(counted);
    after.points += one;
    after.units16 += one * point.units16;
  };
  size_t used = 0;
  const Utf8Text replacements(marks.replacements);
  for (const Mark& mark : marks.list) {
    if (!mark.replacement) continue;
    for (size_t at = mark.place.from; at < mark.place.to;) {
      const Point point = text.At(at);
      add(point, ~size_t{0});
      at += point.length;
    }
    for (const size_t end = used + *mark.replacement; used < end;) {
      const Point point = replacements.At(used);
      add(point, 1);
      used += point.length;
    }
  }
  for (ClassSet rest = after.classes; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<CharacterClass>(std::countr_zero(rest));
    if (after.by_class[i] == 0) after.classes &= ~SetOf(i);
  }
  return after;
}

template <class Text>
std::string Replaced(const Text& text, const Marks& marks) {
  std::string out;
  out.reserve(text.size());
  uint32_t copied = 0;
  size_t used = 0;
  for (const Mark& mark : marks.list) {
    if (!mark.replacement) continue;
    out.append(Utf8Of(text, {copied, mark.place.from})).append(marks.replacements, used, *mark.replacement);
    used += *mark.replacement;
    copied = mark.place.to;
  }
  return out.append(Utf8Of(text, {copied, static_cast<uint32_t>(text.size())}));
}

#define RECADO_FOR_TEXT(Text)                                                                    \
  template void MarkForeign(const Text&, const std::vector<Stretch>&, ClassSet, size_t, Marks&); \
  template void MarkExtended(const Text&, const Form&, Marks&);                                  \
  template Tally TallyReplaced(const Text&, const Tally&, bool, const Marks&);                   \
  template std::string Replaced(const Text&, const Marks&);                                      \
  template std::string Utf8Of(const Text&, Stretch);
RECADO_FOR_TEXT(Utf8Text)
RECADO_FOR_TEXT(Utf16Text)
#undef RECADO_FOR_TEXT

}  // namespace recado::sms
