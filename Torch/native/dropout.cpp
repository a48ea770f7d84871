// Counter-based dropout: element i of a call is kept or dropped by a hash of (seed, i) alone, so the mask is the same
// whatever the thread count and is recomputed in the backward pass instead of being stored.
#include "shim.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace {

#if defined(__x86_64__)
#define TS_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TS_CLONES
#endif

constexpr int64_t kBlock = 4096;

struct BlockKey {
  uint32_t first, second;
};

// splitmix64 (Steele, Lea & Flood 2014) of the seed and the block's number.
inline BlockKey block_key(uint64_t seed, int64_t block) {
  uint64_t z = seed + 0x9E3779B97F4A7C15ull * (static_cast<uint64_t>(block) + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  z ^= z >> 31;
  return {static_cast<uint32_t>(z), static_cast<uint32_t>(z >> 32)};
}

// A 32-bit avalanche mixer with two multiplications, keyed per block.
inline uint32_t mix(uint32_t index, BlockKey key) {
  uint32_t x = index * 0x9E3779B1u + key.first;
  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= (x >> 15) ^ key.second;
  x *= 0x846CA68Bu;
  return x ^ (x >> 16);
}

TS_CLONES void drop_float(const float* in, float* out, int64_t count, BlockKey key, uint32_t threshold, float scale) {
  for (int64_t i = 0; i < count; i++)
    out[i] = mix(static_cast<uint32_t>(i), key) >= threshold ? in[i] * scale : 0.0f;
}

// bfloat16 as raw bits: widen, scale, round to nearest even (NaN is kept by the quiet bit).
TS_CLONES void drop_bfloat16(const uint16_t* in, uint16_t* out, int64_t count, BlockKey key, uint32_t threshold,
                             float scale) {
  for (int64_t i = 0; i < count; i++) {
    const uint32_t wide = static_cast<uint32_t>(in[i]) << 16;
    float value;
    __builtin_memcpy(&value, &wide, 4);
    value *= scale;
    uint32_t bits;
    __builtin_memcpy(&bits, &value, 4);
    const uint32_t rounded = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
    const uint32_t result = (bits & 0x7FFFFFFFu) > 0x7F800000u ? ((bits >> 16) | 0x40u) : rounded;
    out[i] = mix(static_cast<uint32_t>(i), key) >= threshold ? static_cast<uint16_t>(result) : 0;
  }
}

TS_CLONES void drop_double(const double* in, double* out, int64_t count, BlockKey key, uint32_t threshold,
                           double scale) {
  for (int64_t i = 0; i < count; i++)
    out[i] = mix(static_cast<uint32_t>(i), key) >= threshold ? in[i] * scale : 0.0;
}

at::Tensor dropout_cpu(const at::Tensor& input, double p, int64_t seed) {
  TORCH_CHECK_VALUE(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  auto x = input.contiguous();
  if (p == 0) return x.clone();
  if (p == 1) return at::zeros_like(x);
  auto out = at::empty_like(x);
  const int64_t total = x.numel();
  const auto threshold = static_cast<uint32_t>(std::min(p * 4294967296.0, 4294967295.0));
  const double scale = 1 / (1 - p);
  const int64_t blocks = (total + kBlock - 1) / kBlock;
  at::parallel_for(0, blocks, 4, [&](int64_t begin, int64_t end) {
    for (int64_t block = begin; block < end; block++) {
      const int64_t start = block * kBlock;
      const int64_t count = std::min(kBlock, total - start);
      const auto key = block_key(static_cast<uint64_t>(seed), block);
      switch (x.scalar_type()) {
        case at::kFloat:
          drop_float(x.data_ptr<float>() + start, out.data_ptr<float>() + start, count, key, threshold,
                     static_cast<float>(scale));
          break;
        case at::kBFloat16:
          drop_bfloat16(static_cast<const uint16_t*>(x.data_ptr()) + start,
                        static_cast<uint16_t*>(out.data_ptr()) + start, count, key, threshold,
                        static_cast<float>(scale));
          break;
        case at::kDouble:
          drop_double(x.data_ptr<double>() + start, out.data_ptr<double>() + start, count, key, threshold, scale);
          break;
        default:
          TORCH_CHECK_TYPE(false, "dropout takes float32, float64 or bfloat16 on CPU, not ", x.scalar_type());
      }
    }
  });
  return out;
}

at::Tensor call_dropout(const at::Tensor& x, double p, int64_t seed) {
  static const auto op = c10::Dispatcher::singleton()
                             .findSchemaOrThrow("pluginhost::dropout", "")
                             .typed<at::Tensor(const at::Tensor&, double, int64_t)>();
  return op.call(x, p, seed);
}

// The derivative is the same operator with the same seed, which also gives higher derivatives.
struct DropoutFunction : torch::autograd::Function<DropoutFunction> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, const at::Tensor& x, double p, int64_t seed) {
    ctx->saved_data["p"] = p;
    ctx->saved_data["seed"] = seed;
    at::AutoDispatchBelowADInplaceOrView below;
    return call_dropout(x, p, seed);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx,
                                                 torch::autograd::variable_list grads) {
    if (!grads[0].defined()) return {at::Tensor(), at::Tensor(), at::Tensor()};
    return {call_dropout(grads[0], ctx->saved_data["p"].toDouble(), ctx->saved_data["seed"].toInt()), at::Tensor(),
            at::Tensor()};
  }
};

at::Tensor dropout_autograd(const at::Tensor& x, double p, int64_t seed) { return DropoutFunction::apply(x, p, seed); }

}  // namespace

TORCH_LIBRARY(pluginhost, m) { m.def("dropout(Tensor x, float p, int seed) -> Tensor"); }
TORCH_LIBRARY_IMPL(pluginhost, CPU, m) { m.impl("dropout", dropout_cpu); }
TORCH_LIBRARY_IMPL(pluginhost, Autograd, m) { m.impl("dropout", dropout_autograd); }
