// Facts about a tensor, its storage, and tensors over memory of the caller.
#include "shim.h"

#include <ATen/Functions.h>
#include <cstring>

using shim::borrow;

TS_EXPORT void ts_tensor_free(void* t) { delete static_cast<at::Tensor*>(t); }

TS_EXPORT void* ts_tensor_alias(void* t) {
  return shim::guarded<void*>(nullptr, [&] { return shim::own(borrow(t)); });
}

TS_EXPORT int64_t ts_tensor_dim(void* t) { return borrow(t).dim(); }
TS_EXPORT int64_t ts_tensor_numel(void* t) { return borrow(t).numel(); }
TS_EXPORT int32_t ts_tensor_dtype(void* t) { return static_cast<int32_t>(borrow(t).scalar_type()); }
TS_EXPORT int64_t ts_tensor_element_size(void* t) { return static_cast<int64_t>(borrow(t).element_size()); }
TS_EXPORT int32_t ts_tensor_requires_grad(void* t) { return borrow(t).requires_grad(); }
TS_EXPORT int32_t ts_tensor_is_leaf(void* t) { return borrow(t).is_leaf(); }
TS_EXPORT int32_t ts_tensor_is_sparse(void* t) { return borrow(t).is_sparse(); }
TS_EXPORT int32_t ts_tensor_is_contiguous(void* t) { return borrow(t).is_contiguous(); }
TS_EXPORT int32_t ts_tensor_is_inference(void* t) { return borrow(t).is_inference(); }
TS_EXPORT int64_t ts_tensor_storage_offset(void* t) { return borrow(t).storage_offset(); }
TS_EXPORT int64_t ts_tensor_version(void* t) { return borrow(t).is_inference() ? 0 : borrow(t)._version(); }

TS_EXPORT int64_t ts_tensor_device(void* t) {
  const auto device = borrow(t).device();
  return static_cast<int64_t>(device.type()) << 32 | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

TS_EXPORT void ts_tensor_sizes(void* t, int64_t* out) {
  const auto sizes = borrow(t).sizes();
  memcpy(out, sizes.data(), sizes.size() * sizeof(int64_t));
}

TS_EXPORT void ts_tensor_strides(void* t, int64_t* out) {
  const auto strides = borrow(t).strides();
  memcpy(out, strides.data(), strides.size() * sizeof(int64_t));
}

TS_EXPORT void* ts_tensor_data(void* t) {
  return shim::guarded<void*>(nullptr, [&] { return borrow(t).data_ptr(); });
}

// The identity of the storage: equal for two views of the same memory.
TS_EXPORT void* ts_tensor_storage_id(void* t) {
  return shim::guarded<void*>(nullptr, [&]() -> void* { return borrow(t).storage().unsafeGetStorageImpl(); });
}

// A contiguous CPU tensor holding a copy of data.
TS_EXPORT void* ts_tensor_copy_of(const void* data, const int64_t* sizes, int32_t dims, int32_t dtype) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    auto tensor = at::empty(at::IntArrayRef(sizes, dims), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    if (tensor.numel() > 0) memcpy(tensor.data_ptr(), data, tensor.nbytes());
    return shim::own(tensor);
  });
}

// A CPU tensor over the caller's memory; release(context) is called once when the last view is gone.
TS_EXPORT void* ts_tensor_over(void* data, const int64_t* sizes, int32_t dims, int32_t dtype,
                               void (*release)(void*), void* context) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    return shim::own(at::from_blob(data, at::IntArrayRef(sizes, dims),
                                   [release, context](void*) { release(context); }, options));
  });
}
