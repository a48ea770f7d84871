// One generic call for every operator the dispatcher knows: ATen's and those of TORCH_LIBRARY.
#include "shim.h"
#include "compat.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/Generator.h>
#include <ATen/core/List.h>
#include <ATen/core/jit_type.h>
#include <ATen/core/stack.h>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

enum class ArgKind : uint8_t { Plain, Float, Scalar, IntList, FloatList, TensorList, OptionalTensorList, Generator };

struct Op {
  c10::OperatorHandle handle;
  std::vector<ArgKind> kinds;
  std::vector<c10::IValue> defaults;
  std::vector<bool> has_default;
};

ArgKind kind_of(c10::TypePtr type) {
  if (type->kind() == c10::TypeKind::OptionalType) type = type->expectRef<c10::OptionalType>().getElementType();
  switch (type->kind()) {
    case c10::TypeKind::FloatType: return ArgKind::Float;
    case c10::TypeKind::NumberType: return ArgKind::Scalar;
    case c10::TypeKind::GeneratorType: return ArgKind::Generator;
    case c10::TypeKind::ListType: {
      auto element = type->expectRef<c10::ListType>().getElementType();
      switch (element->kind()) {
        case c10::TypeKind::IntType: case c10::TypeKind::SymIntType: return ArgKind::IntList;
        case c10::TypeKind::FloatType: return ArgKind::FloatList;
        case c10::TypeKind::TensorType: return ArgKind::TensorList;
        case c10::TypeKind::OptionalType: return ArgKind::OptionalTensorList;
        default: return ArgKind::Plain;
      }
    }
    default: return ArgKind::Plain;
  }
}

c10::IValue tensors_value(const TsArg& arg, ArgKind kind) {
  auto** handles = static_cast<at::Tensor**>(arg.p);
  if (kind == ArgKind::OptionalTensorList) {
    c10::List<compat::optional<at::Tensor>> list;
    list.reserve(arg.len);
    for (int i = 0; i < arg.len; i++)
      list.push_back(handles[i] ? compat::optional<at::Tensor>(*handles[i]) : compat::optional<at::Tensor>());
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(arg.len);
  for (int i = 0; i < arg.len; i++) list.push_back(handles[i] ? *handles[i] : at::Tensor());
  return list;
}

c10::IValue ints_value(const int64_t* values, int count) {
  c10::List<int64_t> list;
  list.reserve(count);
  for (int i = 0; i < count; i++) list.push_back(values[i]);
  return list;
}

c10::IValue doubles_value(const double* values, int count) {
  c10::List<double> list;
  list.reserve(count);
  for (int i = 0; i < count; i++) list.push_back(values[i]);
  return list;
}

c10::IValue value_of(const TsArg& arg, ArgKind kind) {
  switch (arg.tag) {
    case TS_TENSOR: return shim::borrow(arg.p);
    case TS_INT:
      if (kind == ArgKind::Float) return static_cast<double>(arg.i);
      if (kind == ArgKind::IntList) return ints_value(&arg.i, 1);
      return arg.i;
    case TS_DOUBLE: return arg.d;
    case TS_BOOL: return arg.i != 0;
    case TS_INTS: return ints_value(static_cast<const int64_t*>(arg.p), arg.len);
    case TS_DOUBLES: return doubles_value(static_cast<const double*>(arg.p), arg.len);
    case TS_TENSORS: return tensors_value(arg, kind);
    case TS_STRING: return std::string(static_cast<const char*>(arg.p), arg.len);
    case TS_DEVICE:
      return c10::Device(static_cast<c10::DeviceType>(arg.i >> 32),
                         static_cast<c10::DeviceIndex>(static_cast<int32_t>(arg.i & 0xffffffff)));
    case TS_GENERATOR: return *static_cast<at::Generator*>(arg.p);
    default: return c10::IValue();
  }
}

void write_output(const c10::IValue& value, TsArg& out) {
  out.len = 0;
  if (value.isTensor()) {
    out.tag = value.toTensor().defined() ? TS_TENSOR : TS_NONE;
    out.p = value.toTensor().defined() ? shim::own(value.toTensor()) : nullptr;
  } else if (value.isTensorList()) {
    auto list = value.toTensorVector();
    auto** handles = static_cast<at::Tensor**>(malloc(sizeof(at::Tensor*) * (list.size() + 1)));
    for (size_t i = 0; i < list.size(); i++) handles[i] = shim::own(list[i]);
    out.tag = TS_TENSORS;
    out.len = static_cast<int32_t>(list.size());
    out.p = handles;
  } else if (value.isBool()) {
    out.tag = TS_BOOL;
    out.i = value.toBool();
  } else if (value.isInt()) {
    out.tag = TS_INT;
    out.i = value.toInt();
  } else if (value.isDouble()) {
    out.tag = TS_DOUBLE;
    out.d = value.toDouble();
  } else if (value.isNone()) {
    out.tag = TS_NONE;
    out.p = nullptr;
  } else {
    TORCH_CHECK(false, "operator returned a ", value.tagKind(), ", which the binding does not carry");
  }
}

}  // namespace

// Looks an operator up once, e.g. ("aten::add", "Tensor"); null and TS_UNKNOWN_OPERATOR when this libtorch lacks it.
TS_EXPORT void* ts_op(const char* name, const char* overload) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!found.has_value()) {
      auto text = std::string("this libtorch (") + TORCH_VERSION + ") has no operator " + name +
                  (overload[0] ? std::string(".") + overload : std::string());
      shim::set_error(TS_UNKNOWN_OPERATOR, text.c_str());
      return nullptr;
    }
    auto* op = new Op{*found, {}, {}, {}};
    for (const auto& arg : found->schema().arguments()) {
      op->kinds.push_back(kind_of(arg.type()));
      op->has_default.push_back(arg.default_value().has_value());
      op->defaults.push_back(arg.default_value().has_value() ? *arg.default_value() : c10::IValue());
    }
    return op;
  });
}

// Calls op with n leading arguments (the rest take the schema's defaults). Returns the number of outputs, or -1.
TS_EXPORT int32_t ts_call(void* handle, const TsArg* args, int32_t n, TsArg* outs, int32_t capacity) {
  return shim::guarded<int32_t>(-1, [&]() -> int32_t {
    auto* op = static_cast<Op*>(handle);
    const int total = static_cast<int>(op->kinds.size());
    TORCH_CHECK(n <= total, op->handle.schema().name(), " takes ", total, " arguments, not ", n);
    torch::jit::Stack stack;
    stack.reserve(total);
    for (int i = 0; i < total; i++) {
      if (i >= n || args[i].tag == TS_DEFAULT) {
        TORCH_CHECK(op->has_default[i], op->handle.schema().name(), " has no default for argument ", i);
        stack.push_back(op->defaults[i]);
      } else {
        stack.push_back(value_of(args[i], op->kinds[i]));
      }
    }
    op->handle.callBoxed(&stack);
    const int count = static_cast<int>(stack.size());
    if (!outs) return count;  // an in-place call: the caller keeps its own handle
    TORCH_CHECK(count <= capacity, op->handle.schema().name(), " returned ", count, " values");
    for (int i = 0; i < count; i++) write_output(stack[i], outs[i]);
    return count;
  });
}

TS_EXPORT void ts_free(void* memory) { free(memory); }
