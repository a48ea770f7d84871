// softmax(query keyᵀ + mask) value in pieces of the queries, so that the scores of all pairs never stand in memory together:
// the backward pass computes each piece's again instead of keeping it. Composed of operators, for every device.
#include "shim.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "compat.h"

namespace {

// Scores computed at a time: 16 MiB in single precision. Cut by size alone, so results do not depend on the thread count.
constexpr int64_t kScores = 1 << 22;

int64_t rows_of(const at::Tensor& query, const at::Tensor& key) {
  const int64_t a_row = std::max<int64_t>(1, query.numel() / std::max<int64_t>(1, query.size(-1) * query.size(-2)) * key.size(-2));
  return std::max<int64_t>(1, kScores / a_row);
}

at::Tensor drop(const at::Tensor& x, double p, int64_t seed) {
  if (p == 0) return x;
  TORCH_CHECK_VALUE(x.is_cpu(), "attention in pieces drops probabilities on the CPU only");
  static const auto op = c10::Dispatcher::singleton()
                             .findSchemaOrThrow("pluginhost::dropout", "")
                             .typed<at::Tensor(const at::Tensor&, double, int64_t)>();
  return op.call(x, p, seed);
}

at::Tensor shares_of(const at::Tensor& query, const at::Tensor& key, const compat::optional<at::Tensor>& mask) {
  auto scores = at::matmul(query, key.transpose(-2, -1)).to(at::kFloat);
  if (mask.has_value() && mask->defined()) scores.add_(*mask);
  return at::softmax(scores, -1);
}

at::Tensor attention_forward(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                             const compat::optional<at::Tensor>& mask, double p, int64_t seed) {
  TORCH_CHECK_VALUE(query.dim() >= 2 && key.dim() == query.dim() && value.dim() == query.dim(),
                    "attention needs query, key and value of as many axes");
  const int64_t step = rows_of(query, key);
  std::vector<at::Tensor> pieces;
  for (int64_t start = 0; start < query.size(-2); start += step) {
    const int64_t count = std::min(step, query.size(-2) - start);
    auto shares = drop(shares_of(query.narrow(-2, start, count), key, mask), p, seed + start);
    pieces.push_back(at::matmul(shares.to(value.scalar_type()), value));
  }
  return pieces.size() == 1 ? pieces[0] : at::cat(pieces, -2);
}

struct AttentionFunction : torch::autograd::Function<AttentionFunction> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, const at::Tensor& query, const at::Tensor& key,
                            const at::Tensor& value, const compat::optional<at::Tensor>& mask, double p, int64_t seed) {
    ctx->save_for_backward({query, key, value, mask.has_value() ? *mask : at::Tensor()});
    ctx->saved_data["p"] = p;
    ctx->saved_data["seed"] = seed;
    at::AutoDispatchBelowADInplaceOrView below;
    return attention_forward(query, key, value, mask, p, seed);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx,
                                                 torch::autograd::variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const auto &query = saved[0], &key = saved[1], &value = saved[2];
    compat::optional<at::Tensor> mask;
    if (saved[3].defined()) mask = saved[3];
    const double p = ctx->saved_data["p"].toDouble();
    const int64_t seed = ctx->saved_data["seed"].toInt();
    const auto kind = value.scalar_type();
    const int64_t step = rows_of(query, key);
    at::AutoGradMode off(false);
    std::vector<at::Tensor> query_pieces;
    at::Tensor key_grad, value_grad;
    for (int64_t start = 0; start < query.size(-2); start += step) {
      const int64_t count = std::min(step, query.size(-2) - start);
      const auto asked = query.narrow(-2, start, count);
      const auto grad = grads[0].narrow(-2, start, count).to(kind);
      const auto shares = shares_of(asked, key, mask);
      auto value_piece = at::matmul(drop(shares, p, seed + start).to(kind).transpose(-2, -1), grad);
      // The derivative of dropout is dropout with the same seed; softmax's needs the undropped shares.
      auto scores = drop(at::matmul(grad, value.transpose(-2, -1)).to(at::kFloat), p, seed + start);
      scores.sub_((scores * shares).sum(-1, true)).mul_(shares);
      const auto short_scores = scores.to(kind);
      query_pieces.push_back(at::matmul(short_scores, key));
      auto key_piece = at::matmul(short_scores.transpose(-2, -1), asked);
      key_grad = key_grad.defined() ? key_grad.add_(key_piece) : key_piece;
      value_grad = value_grad.defined() ? value_grad.add_(value_piece) : value_piece;
    }
    auto query_grad = query_pieces.size() == 1 ? query_pieces[0] : at::cat(query_pieces, -2);
    return {query_grad.to(query.scalar_type()), key_grad.to(key.scalar_type()), value_grad, at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

at::Tensor attention_autograd(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                              const compat::optional<at::Tensor>& mask, double p, int64_t seed) {
  return AttentionFunction::apply(query, key, value, mask, p, seed);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(pluginhost, m) {
  m.def("attention(Tensor query, Tensor key, Tensor value, Tensor? mask, float p, int seed) -> Tensor");
}
TORCH_LIBRARY_IMPL(pluginhost, CompositeExplicitAutograd, m) { m.impl("attention", attention_forward); }
TORCH_LIBRARY_IMPL(pluginhost, Autograd, m) { m.impl("attention", attention_autograd); }
