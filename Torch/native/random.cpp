#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <mutex>

namespace {
at::Generator& generator(void* handle) { return *static_cast<at::Generator*>(handle); }
}  // namespace

TS_EXPORT int32_t ts_manual_seed(uint64_t seed) {
  return shim::guarded<int32_t>(-1, [&] {
    at::manual_seed(seed);
    return 0;
  });
}

// A handle on the default generator of a device.
TS_EXPORT void* ts_generator_default(int32_t device, int32_t index) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    c10::Device where(static_cast<c10::DeviceType>(device), static_cast<c10::DeviceIndex>(index));
    return new at::Generator(at::globalContext().defaultGenerator(where));
  });
}

TS_EXPORT void* ts_generator_new(uint64_t seed, int32_t device, int32_t index) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    c10::Device where(static_cast<c10::DeviceType>(device), static_cast<c10::DeviceIndex>(index));
    auto made = where.is_cpu() ? at::detail::createCPUGenerator(seed)
                               : at::globalContext().defaultGenerator(where).clone();
    made.set_current_seed(seed);
    return new at::Generator(made);
  });
}

TS_EXPORT void ts_generator_free(void* handle) { delete static_cast<at::Generator*>(handle); }

TS_EXPORT uint64_t ts_generator_seed(void* handle) {
  return shim::guarded<uint64_t>(0, [&] { return generator(handle).current_seed(); });
}

TS_EXPORT int32_t ts_generator_set_seed(void* handle, uint64_t seed) {
  return shim::guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> lock(generator(handle).mutex());
    generator(handle).set_current_seed(seed);
    return 0;
  });
}

TS_EXPORT void* ts_generator_state(void* handle) {
  return shim::guarded<void*>(nullptr, [&]() -> void* { return shim::own(generator(handle).get_state()); });
}

TS_EXPORT int32_t ts_generator_set_state(void* handle, void* state) {
  return shim::guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> lock(generator(handle).mutex());
    generator(handle).set_state(shim::borrow(state));
    return 0;
  });
}

// Draws 64 bits from the default CPU generator: the seed of one counter-based dropout.
TS_EXPORT uint64_t ts_random64() {
  return shim::guarded<uint64_t>(0, [&] {
    auto gen = at::detail::getDefaultCPUGenerator();
    std::lock_guard<std::mutex> lock(gen.mutex());
    return gen.get<at::CPUGeneratorImpl>()->random64();
  });
}
