// The C ABI of libpluginhost_torch: handles are at::Tensor* (as TorchSharp's), nothing throws across it.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>

#define TS_EXPORT extern "C" __attribute__((visibility("default")))

// Kept equal to Torch/Interop/ArgTag.cs.
enum TsTag : int32_t {
  TS_DEFAULT = 0,  // the schema's default value
  TS_NONE = 1,
  TS_TENSOR = 2,   // p: at::Tensor*
  TS_INT = 3,
  TS_DOUBLE = 4,
  TS_BOOL = 5,
  TS_INTS = 6,     // p: int64_t[len]
  TS_TENSORS = 7,  // p: at::Tensor*[len], null entries mean none
  TS_STRING = 8,   // p: UTF-8, len bytes
  TS_DEVICE = 9,   // i: device type << 32 | (uint32) index
  TS_DOUBLES = 10, // p: double[len]
  TS_GENERATOR = 11,  // p: at::Generator*
};

struct TsArg {
  int32_t tag;
  int32_t len;
  union {
    int64_t i;
    double d;
    void* p;
  };
};

// Kept equal to Torch/Interop/Errors.cs.
enum TsErrorKind : int32_t {
  TS_OK = 0,
  TS_ERROR = 1,
  TS_INDEX = 2,
  TS_VALUE = 3,
  TS_TYPE = 4,
  TS_NOT_IMPLEMENTED = 5,
  TS_OUT_OF_MEMORY = 6,
  TS_LINALG = 7,
  TS_UNKNOWN_OPERATOR = 8,
};

namespace shim {

// Remembers the exception in flight for ts_error_kind / ts_error_message of this thread.
void capture_exception() noexcept;
void set_error(TsErrorKind kind, const char* message) noexcept;

inline const at::Tensor& borrow(void* handle) { return *static_cast<at::Tensor*>(handle); }
inline at::Tensor* own(at::Tensor tensor) { return new at::Tensor(std::move(tensor)); }

// Runs body; on an exception remembers it and returns failed.
template <class Result, class Body>
Result guarded(Result failed, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    capture_exception();
    return failed;
  }
}

}  // namespace shim
