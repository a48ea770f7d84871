// CUDA facts and controls. The CUDA runtime is reached through the library libtorch has loaded already, so that the
// shim builds without a CUDA toolkit and one binary serves machines with and without a GPU.
#include "shim.h"
#include "compat.h"

#include <ATen/Context.h>
#include <c10/util/Exception.h>
#include <cstring>
#include <dlfcn.h>
#include <string>

namespace {

void* runtime_symbol(const char* name) {
  static void* runtime = [] {
    for (const char* file : {"libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0", "libcudart.so"})
      if (void* found = dlopen(file, RTLD_LAZY | RTLD_NOLOAD)) return found;
    return static_cast<void*>(nullptr);
  }();
  return runtime ? dlsym(runtime, name) : nullptr;
}

// Calls int name(arguments...) of the CUDA runtime; throws where it is absent or fails.
template <class... Arguments> void runtime_call(const char* name, Arguments... arguments) {
  auto* entry = reinterpret_cast<int (*)(Arguments...)>(runtime_symbol(name));
  TORCH_CHECK(entry, "the CUDA runtime is not loaded (", name, ")");
  const int status = entry(arguments...);
  TORCH_CHECK(status == 0, name, " failed with CUDA error ", status);
}

constexpr int kComputeMajor = 75, kComputeMinor = 76;  // cudaDeviceAttr, fixed by NVIDIA's ABI

}  // namespace

TS_EXPORT int32_t ts_cuda_device_count() {
  return shim::guarded<int32_t>(0, [&] {
    if (!at::hasCUDA() || !runtime_symbol("cudaGetDeviceCount")) return 0;
    int count = 0;
    auto* entry = reinterpret_cast<int (*)(int*)>(runtime_symbol("cudaGetDeviceCount"));
    return entry(&count) == 0 ? count : 0;
  });
}

TS_EXPORT int32_t ts_cuda_memory(int32_t device, int64_t* free_bytes, int64_t* total_bytes) {
  return shim::guarded<int32_t>(-1, [&] {
    int previous = 0;
    size_t free_now = 0, total = 0;
    runtime_call("cudaGetDevice", &previous);
    runtime_call("cudaSetDevice", static_cast<int>(device));
    runtime_call("cudaMemGetInfo", &free_now, &total);
    runtime_call("cudaSetDevice", previous);
    *free_bytes = static_cast<int64_t>(free_now);
    *total_bytes = static_cast<int64_t>(total);
    return 0;
  });
}

TS_EXPORT int32_t ts_cuda_capability(int32_t device, int32_t* major, int32_t* minor) {
  return shim::guarded<int32_t>(-1, [&] {
    int high = 0, low = 0;
    runtime_call("cudaDeviceGetAttribute", &high, kComputeMajor, static_cast<int>(device));
    runtime_call("cudaDeviceGetAttribute", &low, kComputeMinor, static_cast<int>(device));
    *major = high;
    *minor = low;
    return 0;
  });
}

// The name is the first field of every version of cudaDeviceProp; the buffer is larger than any of them.
TS_EXPORT const char* ts_cuda_name(int32_t device) {
  thread_local char properties[16384];
  return shim::guarded<const char*>("", [&]() -> const char* {
    memset(properties, 0, sizeof properties);
    auto* entry = runtime_symbol("cudaGetDeviceProperties_v2") ? "cudaGetDeviceProperties_v2" : "cudaGetDeviceProperties";
    runtime_call(entry, static_cast<void*>(properties), static_cast<int>(device));
    return properties;
  });
}

TS_EXPORT int32_t ts_cuda_synchronize(int32_t device) {
  return shim::guarded<int32_t>(-1, [&] {
    int previous = 0;
    runtime_call("cudaGetDevice", &previous);
    if (device >= 0) runtime_call("cudaSetDevice", static_cast<int>(device));
    runtime_call("cudaDeviceSynchronize");
    runtime_call("cudaSetDevice", previous);
    return 0;
  });
}

// Gives cached blocks back to the driver. Returns 1, or 0 where this build of the shim cannot.
TS_EXPORT int32_t ts_cuda_empty_cache() {
  return shim::guarded<int32_t>(-1, [&] {
#if defined(TS_CACHE_ACCELERATOR)
    at::accelerator::emptyCache();
    return 1;
#elif defined(TS_CACHE_CUDA)
    c10::cuda::CUDACachingAllocator::emptyCache();
    return 1;
#else
    return 0;
#endif
  });
}

// Bytes held by live tensors now and at their highest. Returns 1, or 0 where this build of the shim cannot.
TS_EXPORT int32_t ts_cuda_allocated(int32_t device, int64_t* current, int64_t* peak) {
  return shim::guarded<int32_t>(-1, [&] {
    *current = *peak = 0;
#if defined(TS_CACHE_ACCELERATOR)
    const auto stats = at::accelerator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
    *current = stats.allocated_bytes[0].current;
    *peak = stats.allocated_bytes[0].peak;
    return 1;
#elif defined(TS_CACHE_CUDA)
    const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device);
    *current = stats.allocated_bytes[0].current;
    *peak = stats.allocated_bytes[0].peak;
    return 1;
#else
    (void)device;
    return 0;
#endif
  });
}
