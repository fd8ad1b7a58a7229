// How fast a text is counted, in bytes of the text as it comes. Fixed texts; one line a case:
//
//   recado_sms_bench --benchmark_counters_tabular=true
//
// The light form on long ASCII is to stay above 1 GB/s natively.
#include <benchmark/benchmark.h>
#include <string>

#include "core/base/utf8.h"
#include "core/sms/count.h"

namespace recado::sms {
namespace {

constexpr std::string_view kAscii =
    "Hi Ana, your order 1042 has been paid. Track it at https://dhl.example/PL123 or call us. Thank you, "
    "Bike Shop\n";
constexpr std::string_view kGsm =
    "Grüße aus Köln, Ihre Lieferung kommt morgen zwischen 9 und 12 Uhr. Preis: 1.299,00 € [Rechnung folgt]\n";
constexpr std::string_view kCyrillic =
    "Здравствуйте, Анна! Ваш заказ 1042 оплачен и будет доставлен завтра с 9 до 12. Спасибо, Велосипеды\n";
constexpr std::string_view kEmoji =
    "Olá Ana 👋🏽 seu pedido chegou 🚲🎉 obrigado ❤️ 🇧🇷 até logo "
    "👨‍👩‍👧‍👦!\n";

std::string Repeated(std::string_view text, size_t bytes) {
  std::string out;
  while (out.size() + text.size() <= bytes) out.append(text);
  return out.empty() ? std::string(text) : out;
}

std::u16string Utf16Of(std::string_view text) {
  std::u16string out;
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    const char32_t c = decoded.code_point;
    if (c > 0xFFFF) out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
    out.push_back(static_cast<char16_t>(c > 0xFFFF ? 0xDC00 + (c & 0x3FF) : c));
    at += decoded.length;
  }
  return out;
}

void Bytes(benchmark::State& state, size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes));
}

void Light(benchmark::State& state, std::string_view sample) {
  const std::string text = Repeated(sample, static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(CountNumbers(text, {}));
  Bytes(state, text.size());
}

void Light16(benchmark::State& state, std::string_view sample) {
  const std::u16string text = Utf16Of(Repeated(sample, static_cast<size_t>(state.range(0))));
  for (auto _ : state) benchmark::DoNotOptimize(CountNumbersUtf16(text, {}));
  Bytes(state, text.size() * 2);
}

void Full(benchmark::State& state, std::string_view sample) {
  const std::string text = Repeated(sample, static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Count(text, {}));
  Bytes(state, text.size());
}

void FullAllTables(benchmark::State& state, std::string_view sample) {
  const std::string text = Repeated(sample, static_cast<size_t>(state.range(0)));
  CountOptions options;
  for (uint8_t i = 1; i <= 13; ++i) options.national.push_back(static_cast<National>(i));
  for (auto _ : state) benchmark::DoNotOptimize(Count(text, options));
  Bytes(state, text.size());
}

void KeepClusters(benchmark::State& state, std::string_view sample) {
  const std::string text = Repeated(sample, static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(CountNumbers(text, {.keep_clusters = true}));
  Bytes(state, text.size());
}

#define RECADO_TEXTS(form, ...)                             \
  BENCHMARK_CAPTURE(form, ascii, kAscii) __VA_ARGS__;       \
  BENCHMARK_CAPTURE(form, gsm, kGsm) __VA_ARGS__;           \
  BENCHMARK_CAPTURE(form, cyrillic, kCyrillic) __VA_ARGS__; \
  BENCHMARK_CAPTURE(form, emoji, kEmoji) __VA_ARGS__

RECADO_TEXTS(Light, ->Arg(110)->Arg(16'000)->Arg(1'000'000));
RECADO_TEXTS(Light16, ->Arg(110)->Arg(16'000)->Arg(1'000'000));
RECADO_TEXTS(Full, ->Arg(110)->Arg(16'000));
RECADO_TEXTS(FullAllTables, ->Arg(110)->Arg(16'000));
RECADO_TEXTS(KeepClusters, ->Arg(16'000));

}  // namespace
}  // namespace recado::sms

BENCHMARK_MAIN();
