#include "shim.h"
#include "compat.h"

// Autocast state is thread-local; the managed guard restores it on the thread that entered.
TS_EXPORT int32_t ts_autocast_enabled(int32_t device) {
  return shim::guarded<int32_t>(0, [&] { return compat::autocast_enabled(static_cast<c10::DeviceType>(device)) ? 1 : 0; });
}

TS_EXPORT int32_t ts_autocast_dtype(int32_t device) {
  return shim::guarded<int32_t>(-1, [&] {
    return static_cast<int32_t>(compat::autocast_dtype(static_cast<c10::DeviceType>(device)));
  });
}

TS_EXPORT int32_t ts_autocast_set(int32_t device, int32_t enabled, int32_t dtype) {
  return shim::guarded<int32_t>(-1, [&] {
    compat::autocast_set_dtype(static_cast<c10::DeviceType>(device), static_cast<at::ScalarType>(dtype));
    compat::autocast_enable(static_cast<c10::DeviceType>(device), enabled != 0);
    return 0;
  });
}

TS_EXPORT void ts_autocast_enter() { at::autocast::increment_nesting(); }

// Weights cast under autocast are cached until the outermost region ends.
TS_EXPORT void ts_autocast_exit() {
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
}

TS_EXPORT int32_t ts_autocast_cache() { return at::autocast::is_autocast_cache_enabled(); }
TS_EXPORT void ts_autocast_set_cache(int32_t on) { at::autocast::set_autocast_cache_enabled(on != 0); }
