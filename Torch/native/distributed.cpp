// All-reduce, broadcast and barrier over TCP through c10d's Gloo, where libtorch ships it.
#include "shim.h"
#include "compat.h"

#include <string>

#if defined(TS_WITH_GLOO)
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace {
struct Group {
  c10::intrusive_ptr<c10d::TCPStore> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
};
Group& group(void* handle) { return *static_cast<Group*>(handle); }
}  // namespace

TS_EXPORT int32_t ts_gloo_available() { return 1; }

TS_EXPORT void* ts_gloo_new(const char* host, int32_t port, int32_t rank, int32_t size, int64_t timeout_ms) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    c10d::TCPStoreOptions where;
    where.port = static_cast<uint16_t>(port);
    where.isServer = rank == 0;
    where.numWorkers = size;
    where.timeout = std::chrono::milliseconds(timeout_ms);
    compat::plain_sockets(where, 0);
    auto made = std::make_unique<Group>();
    made->store = c10::make_intrusive<c10d::TCPStore>(std::string(host), where);
    auto options = c10d::ProcessGroupGloo::Options::create();
    options->timeout = std::chrono::milliseconds(timeout_ms);
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(host));
    made->gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(made->store, rank, size, options);
    return made.release();
  });
}

TS_EXPORT int32_t ts_gloo_all_reduce(void* handle, void* tensor) {
  return shim::guarded<int32_t>(-1, [&] {
    std::vector<at::Tensor> tensors{shim::borrow(tensor)};
    group(handle).gloo->allreduce(tensors)->wait();
    return 0;
  });
}

TS_EXPORT int32_t ts_gloo_broadcast(void* handle, void* tensor, int32_t root) {
  return shim::guarded<int32_t>(-1, [&] {
    std::vector<at::Tensor> tensors{shim::borrow(tensor)};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    group(handle).gloo->broadcast(tensors, options)->wait();
    return 0;
  });
}

TS_EXPORT int32_t ts_gloo_barrier(void* handle) {
  return shim::guarded<int32_t>(-1, [&] {
    group(handle).gloo->barrier()->wait();
    return 0;
  });
}

TS_EXPORT void ts_gloo_free(void* handle) { delete static_cast<Group*>(handle); }

#else

namespace {
int32_t absent() {
  shim::set_error(TS_NOT_IMPLEMENTED, "this build of the native library has no Gloo: install libgloo-dev and build it again");
  return -1;
}
}  // namespace

TS_EXPORT int32_t ts_gloo_available() { return 0; }
TS_EXPORT void* ts_gloo_new(const char*, int32_t, int32_t, int32_t, int64_t) { absent(); return nullptr; }
TS_EXPORT int32_t ts_gloo_all_reduce(void*, void*) { return absent(); }
TS_EXPORT int32_t ts_gloo_broadcast(void*, void*, int32_t) { return absent(); }
TS_EXPORT int32_t ts_gloo_barrier(void*) { return absent(); }
TS_EXPORT void ts_gloo_free(void*) {}

#endif
