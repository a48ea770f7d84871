// Every difference between the libtorch versions this shim builds against (1.13 up to current 2.x) stands here.
#pragma once

#include <torch/version.h>

#define TS_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

#include <ATen/autocast_mode.h>
#include <c10/core/DeviceType.h>
#include <c10/util/Optional.h>

#if TS_TORCH_AT_LEAST(2, 4)
#include <optional>
#endif

// c10::CachingDeviceAllocator behind at::accelerator needs no CUDA header (2.9+);
// before that, the allocator's own header does, and the wheel may lack it.
#if TS_TORCH_AT_LEAST(2, 9) && __has_include(<ATen/DeviceAccelerator.h>)
#define TS_CACHE_ACCELERATOR 1
#include <ATen/DeviceAccelerator.h>
#elif defined(TS_WITH_CUDA) && __has_include(<cuda_runtime_api.h>) && __has_include(<c10/cuda/CUDACachingAllocator.h>)
#define TS_CACHE_CUDA 1
#include <c10/cuda/CUDACachingAllocator.h>
#endif

// Debian's libtorch-dev needs libgloo-dev for these headers; some wheels ship neither.
#if defined(__linux__) && __has_include(<torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>) && \
    __has_include(<gloo/algorithm.h>)
#define TS_WITH_GLOO 1
#endif

namespace compat {

#if TS_TORCH_AT_LEAST(2, 4)
template <class T> using optional = std::optional<T>;
#else
template <class T> using optional = c10::optional<T>;
#endif

#if TS_TORCH_AT_LEAST(2, 4)

inline bool autocast_enabled(c10::DeviceType device) { return at::autocast::is_autocast_enabled(device); }
inline void autocast_enable(c10::DeviceType device, bool on) { at::autocast::set_autocast_enabled(device, on); }
inline at::ScalarType autocast_dtype(c10::DeviceType device) { return at::autocast::get_autocast_dtype(device); }
inline void autocast_set_dtype(c10::DeviceType device, at::ScalarType dtype) {
  at::autocast::set_autocast_dtype(device, dtype);
}

#else

inline bool autocast_enabled(c10::DeviceType device) {
  return device == c10::DeviceType::CPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
inline void autocast_enable(c10::DeviceType device, bool on) {
  if (device == c10::DeviceType::CPU) at::autocast::set_cpu_enabled(on);
  else at::autocast::set_enabled(on);
}
inline at::ScalarType autocast_dtype(c10::DeviceType device) {
  return device == c10::DeviceType::CPU ? at::autocast::get_autocast_cpu_dtype()
                                        : at::autocast::get_autocast_gpu_dtype();
}
inline void autocast_set_dtype(c10::DeviceType device, at::ScalarType dtype) {
  if (device == c10::DeviceType::CPU) at::autocast::set_autocast_cpu_dtype(dtype);
  else at::autocast::set_autocast_gpu_dtype(dtype);
}

#endif

// 2.4 and later default to a libuv back end that not every build has; the plain one is everywhere.
template <class Options>
auto plain_sockets(Options& options, int) -> decltype(options.useLibUV, void()) { options.useLibUV = false; }
template <class Options>
void plain_sockets(Options&, long) {}

}  // namespace compat
