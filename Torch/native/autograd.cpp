// Automatic differentiation: what is no operator of the dispatcher.
#include "shim.h"
#include "compat.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

using shim::borrow;

namespace {
torch::autograd::variable_list list_of(void** handles, int32_t count) {
  torch::autograd::variable_list list;
  list.reserve(count);
  for (int i = 0; i < count; i++) list.push_back(handles[i] ? borrow(handles[i]) : at::Tensor());
  return list;
}
}  // namespace

TS_EXPORT int32_t ts_backward(void** tensors, int32_t count, void** grads, int32_t retain_graph, int32_t create_graph,
                              void** inputs, int32_t input_count) {
  return shim::guarded<int32_t>(-1, [&] {
    compat::optional<bool> retain;
    if (retain_graph >= 0) retain = retain_graph != 0;
    torch::autograd::backward(list_of(tensors, count), grads ? list_of(grads, count) : torch::autograd::variable_list{},
                              retain, create_graph != 0, list_of(inputs, input_count));
    return 0;
  });
}

// results: one handle per input, null where the input is unused and that is allowed.
TS_EXPORT int32_t ts_grad(void** outputs, int32_t output_count, void** inputs, int32_t input_count, void** grads,
                          int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
  return shim::guarded<int32_t>(-1, [&] {
    compat::optional<bool> retain;
    if (retain_graph >= 0) retain = retain_graph != 0;
    auto found = torch::autograd::grad(list_of(outputs, output_count), list_of(inputs, input_count),
                                       grads ? list_of(grads, output_count) : torch::autograd::variable_list{}, retain,
                                       create_graph != 0, allow_unused != 0);
    for (int i = 0; i < input_count; i++) results[i] = found[i].defined() ? shim::own(found[i]) : nullptr;
    return 0;
  });
}

TS_EXPORT int32_t ts_set_requires_grad(void* t, int32_t on) {
  return shim::guarded<int32_t>(-1, [&] {
    borrow(t).set_requires_grad(on != 0);
    return 0;
  });
}

TS_EXPORT void* ts_grad_get(void* t) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    const auto& grad = borrow(t).grad();
    return grad.defined() ? shim::own(grad) : nullptr;
  });
}

TS_EXPORT int32_t ts_grad_set(void* t, void* grad) {
  return shim::guarded<int32_t>(-1, [&] {
    borrow(t).mutable_grad() = grad ? borrow(grad) : at::Tensor();
    return 0;
  });
}

TS_EXPORT const char* ts_grad_fn_name(void* t) {
  thread_local std::string name;
  return shim::guarded<const char*>("", [&] {
    const auto& fn = borrow(t).grad_fn();
    name = fn ? fn->name() : "";
    return name.c_str();
  });
}

// A leaf sharing t's storage whose history is cut, as torch::nn::Parameter(t) makes.
TS_EXPORT void* ts_parameter(void* t, int32_t requires_grad) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    auto leaf = borrow(t).detach();
    leaf.set_requires_grad(requires_grad != 0);
    return shim::own(leaf);
  });
}

TS_EXPORT int32_t ts_grad_mode() { return at::GradMode::is_enabled(); }
TS_EXPORT void ts_set_grad_mode(int32_t on) { at::GradMode::set_enabled(on != 0); }

TS_EXPORT int32_t ts_inference_mode() { return c10::InferenceMode::is_enabled(); }
TS_EXPORT void* ts_inference_guard(int32_t on) {
  return shim::guarded<void*>(nullptr, [&]() -> void* { return new c10::InferenceMode(on != 0); });
}
TS_EXPORT void ts_inference_guard_free(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

TS_EXPORT int32_t ts_anomaly_mode() { return torch::autograd::AnomalyMode::is_enabled(); }
TS_EXPORT void ts_set_anomaly_mode(int32_t on) { torch::autograd::AnomalyMode::set_enabled(on != 0); }
