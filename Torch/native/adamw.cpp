// AdamW (Loshchilov & Hutter 2019) over all parameters in one parallel, vectorised pass; and the norm its clipping needs.
#include "shim.h"

#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <cmath>
#include <vector>

namespace {

// Work is cut at fixed sizes, never by thread count, so that results do not depend on it.
constexpr int64_t kChunk = 1 << 15;

struct Chunk {
  float* param;
  const float* grad;
  float* mean;
  float* square;
  int64_t count;
};

struct Rates {
  float decay, step_size, beta1, beta2, eps, root2, grad_scale;
};

#if defined(__x86_64__)
#define TS_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TS_CLONES
#endif

TS_CLONES void update(const Chunk& chunk, const Rates& r) {
  float* __restrict p = chunk.param;
  const float* __restrict g = chunk.grad;
  float* __restrict m = chunk.mean;
  float* __restrict v = chunk.square;
  for (int64_t i = 0; i < chunk.count; i++) {
    const float grad = g[i] * r.grad_scale;
    const float mean = m[i] * r.beta1 + grad * (1.0f - r.beta1);
    const float square = v[i] * r.beta2 + grad * grad * (1.0f - r.beta2);
    m[i] = mean;
    v[i] = square;
    p[i] = p[i] * r.decay - r.step_size * (mean / (std::sqrt(square) / r.root2 + r.eps));
  }
}

TS_CLONES double sum_of_squares(const float* g, int64_t count) {
  constexpr int64_t kBlock = 1024;
  double total = 0;
  for (int64_t start = 0; start < count; start += kBlock) {
    const int64_t end = start + kBlock < count ? start + kBlock : count;
    float lanes[32] = {};
    int64_t i = start;
    for (; i + 32 <= end; i += 32)
      for (int lane = 0; lane < 32; lane++) lanes[lane] += g[i + lane] * g[i + lane];
    for (; i < end; i++) lanes[0] += g[i] * g[i];
    float block = 0;
    for (float lane : lanes) block += lane;
    total += block;
  }
  return total;
}

void require_float(const at::Tensor& t, const char* what) {
  TORCH_CHECK(t.device().is_cpu() && t.scalar_type() == at::kFloat && t.is_contiguous(), what,
              " must be a contiguous float32 CPU tensor");
}

at::Tensor plain(const at::Tensor& grad) {
  auto dense = grad.is_sparse() ? grad.to_dense() : grad;
  return dense.scalar_type() == at::kFloat ? dense.contiguous() : dense.to(at::kFloat).contiguous();
}

}  // namespace

TS_EXPORT int32_t ts_adamw(int32_t count, void** params, void** grads, void** means, void** squares, double lr,
                           double beta1, double beta2, double eps, double weight_decay, int64_t step,
                           double grad_scale) {
  return shim::guarded<int32_t>(-1, [&] {
    std::vector<at::Tensor> held;
    std::vector<Chunk> chunks;
    for (int i = 0; i < count; i++) {
      const auto& p = shim::borrow(params[i]);
      const auto& m = shim::borrow(means[i]);
      const auto& v = shim::borrow(squares[i]);
      require_float(p, "a parameter");
      require_float(m, "exp_avg");
      require_float(v, "exp_avg_sq");
      held.push_back(plain(shim::borrow(grads[i])));
      const auto& g = held.back();
      TORCH_CHECK(p.numel() == g.numel() && p.numel() == m.numel() && p.numel() == v.numel(),
                  "parameter, gradient and state differ in size");
      for (int64_t at = 0; at < p.numel(); at += kChunk)
        chunks.push_back({p.data_ptr<float>() + at, g.data_ptr<float>() + at, m.data_ptr<float>() + at,
                          v.data_ptr<float>() + at, std::min(kChunk, p.numel() - at)});
      p.unsafeGetTensorImpl()->bump_version();
    }
    const double correction1 = 1 - std::pow(beta1, static_cast<double>(step));
    const double correction2 = 1 - std::pow(beta2, static_cast<double>(step));
    const Rates rates{static_cast<float>(1 - lr * weight_decay), static_cast<float>(lr / correction1),
                      static_cast<float>(beta1), static_cast<float>(beta2), static_cast<float>(eps),
                      static_cast<float>(std::sqrt(correction2)), static_cast<float>(grad_scale)};
    at::parallel_for(0, static_cast<int64_t>(chunks.size()), 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) update(chunks[i], rates);
    });
    return 0;
  });
}

// The 2-norm over all elements of all gradients.
TS_EXPORT double ts_grad_norm(int32_t count, void** grads) {
  return shim::guarded<double>(-1, [&] {
    std::vector<at::Tensor> held;
    std::vector<std::pair<const float*, int64_t>> chunks;
    for (int i = 0; i < count; i++) {
      held.push_back(plain(shim::borrow(grads[i])));
      const auto& g = held.back();
      for (int64_t at = 0; at < g.numel(); at += kChunk)
        chunks.emplace_back(g.data_ptr<float>() + at, std::min(kChunk, g.numel() - at));
    }
    std::vector<double> sums(chunks.size());
    at::parallel_for(0, static_cast<int64_t>(chunks.size()), 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) sums[i] = sum_of_squares(chunks[i].first, chunks[i].second);
    });
    double total = 0;
    for (double sum : sums) total += sum;
    return std::sqrt(total);
  });
}
