// Attention of sequences that lie one after another without padding, on the CPU and without gradients: each head of each sequence is one
// task, whose scores stay in the cache of the core that makes them. Composed of operators.
#include "shim.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "compat.h"

namespace {

// Scores made at a time by a core: 512 KiB. Cut by size alone, so results do not depend on the thread count, unless there is one head and one sequence, whose
// products then use all threads.
constexpr int64_t kScores = 1 << 17;

void attend(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& bias, at::Tensor out) {
  const int64_t length = query.size(0), step = std::min(length, std::max<int64_t>(1, kScores / length));
  const auto scratch = at::empty({step, length}, query.options());
  for (int64_t start = 0; start < length; start += step) {
    const int64_t count = std::min(step, length - start);
    auto scores = scratch.narrow(0, 0, count);
    at::mm_out(scores, query.narrow(0, start, count), key.t());
    if (bias.defined()) scores.add_(bias.narrow(0, start, count).narrow(1, 0, length));
    at::_softmax_out(scores, scores, -1, false);
    auto rows = out.narrow(0, start, count);
    at::mm_out(rows, scores, value);
  }
}

at::Tensor varlen_attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, at::IntArrayRef lengths,
                            int64_t heads, const compat::optional<at::Tensor>& bias) {
  TORCH_CHECK_VALUE(!at::GradMode::is_enabled(), "varlen_attention has no derivative; run it under no_grad");
  TORCH_CHECK_VALUE(query.is_cpu() && query.dim() == 2 && heads > 0 && query.size(1) % heads == 0,
                    "varlen_attention needs tokens by width on the CPU, the width a multiple of the heads");
  TORCH_CHECK_VALUE(key.sizes() == query.sizes() && value.sizes() == query.sizes(), "varlen_attention needs as many keys and values as queries");
  std::vector<int64_t> starts;
  int64_t tokens = 0;
  for (const int64_t length : lengths) {
    TORCH_CHECK_VALUE(length >= 0, "varlen_attention needs lengths that are not negative");
    starts.push_back(tokens);
    tokens += length;
  }
  TORCH_CHECK_VALUE(tokens == query.size(0), "varlen_attention needs lengths that add up to the tokens");
  const bool biased = bias.has_value() && bias->defined();
  const int64_t longest = lengths.empty() ? 0 : *std::max_element(lengths.begin(), lengths.end());
  TORCH_CHECK_VALUE(!biased || (bias->dim() == 3 && bias->size(0) == heads && bias->size(1) >= longest && bias->size(2) >= longest),
                    "varlen_attention needs a bias of heads by queries by keys, as long as the longest sequence");
  const int64_t width = query.size(1) / heads, count = static_cast<int64_t>(lengths.size());
  const auto scaled = query * (1 / std::sqrt(static_cast<double>(width)));
  const auto out = at::empty({tokens, query.size(1)}, query.options());
  at::parallel_for(0, heads * count, 1, [&](int64_t begin, int64_t end) {
    // Guards are of the thread, and so are not inherited.
    at::NoGradGuard no_gradients;
    for (int64_t task = begin; task < end; task++) {
      // Heads outside: threads get equal shares whatever the lengths are.
      const int64_t head = task / count, sequence = task % count;
      if (lengths[sequence] == 0) continue;
      const auto part = [&](const at::Tensor& x) { return x.narrow(0, starts[sequence], lengths[sequence]).narrow(1, head * width, width); };
      attend(part(scaled), part(key), part(value), biased ? bias->select(0, head) : at::Tensor(), part(out));
    }
  });
  return out;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(pluginhost, m) {
  m.def("varlen_attention(Tensor query, Tensor key, Tensor value, int[] lengths, int heads, Tensor? bias) -> Tensor");
}
TORCH_LIBRARY_IMPL(pluginhost, CompositeExplicitAutograd, m) { m.impl("varlen_attention", varlen_attention); }
