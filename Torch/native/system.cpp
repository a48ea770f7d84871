// Threads, build facts and the library's version.
#include "shim.h"
#include "compat.h"

#include <ATen/Parallel.h>
#include <ATen/Context.h>
#include <string>

TS_EXPORT const char* ts_torch_version() { return TORCH_VERSION; }

TS_EXPORT const char* ts_build_configuration() {
  static const std::string text = at::show_config();
  return text.c_str();
}

TS_EXPORT const char* ts_parallel_info() {
  thread_local std::string text;
  text = at::get_parallel_info();
  return text.c_str();
}

TS_EXPORT int32_t ts_num_threads() { return at::get_num_threads(); }
TS_EXPORT int32_t ts_set_num_threads(int32_t count) {
  return shim::guarded<int32_t>(-1, [&] {
    at::set_num_threads(count);
    return 0;
  });
}

TS_EXPORT int32_t ts_num_interop_threads() { return at::get_num_interop_threads(); }
TS_EXPORT int32_t ts_set_num_interop_threads(int32_t count) {
  return shim::guarded<int32_t>(-1, [&] {
    at::set_num_interop_threads(count);
    return 0;
  });
}

TS_EXPORT int32_t ts_has_mkldnn() { return at::hasMKLDNN(); }
TS_EXPORT int32_t ts_has_mkl() { return at::hasMKL(); }
TS_EXPORT int32_t ts_has_openmp() { return at::hasOpenMP(); }
TS_EXPORT int32_t ts_has_cuda() { return at::hasCUDA(); }

TS_EXPORT int32_t ts_deterministic() { return at::globalContext().deterministicAlgorithms(); }
TS_EXPORT int32_t ts_set_deterministic(int32_t on, int32_t warn_only) {
  return shim::guarded<int32_t>(-1, [&] {
    at::globalContext().setDeterministicAlgorithms(on != 0, warn_only != 0);
    return 0;
  });
}
TS_EXPORT void ts_set_tf32(int32_t matmul, int32_t cudnn) {
  at::globalContext().setAllowTF32CuBLAS(matmul != 0);
  at::globalContext().setAllowTF32CuDNN(cudnn != 0);
}
TS_EXPORT int32_t ts_tf32_matmul() { return at::globalContext().allowTF32CuBLAS(); }
TS_EXPORT int32_t ts_tf32_cudnn() { return at::globalContext().allowTF32CuDNN(); }
TS_EXPORT void ts_set_cudnn_benchmark(int32_t on) { at::globalContext().setBenchmarkCuDNN(on != 0); }
TS_EXPORT int32_t ts_cudnn_benchmark() { return at::globalContext().benchmarkCuDNN(); }
TS_EXPORT void ts_set_cudnn_deterministic(int32_t on) { at::globalContext().setDeterministicCuDNN(on != 0); }
TS_EXPORT int32_t ts_cudnn_deterministic() { return at::globalContext().deterministicCuDNN(); }
