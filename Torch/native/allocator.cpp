// Keeps freed large CPU blocks for the next request of their size. malloc hands blocks above its threshold back to the
// system at once, so that each new large tensor costs a page fault for every 4 KiB, several times what filling it costs.
#include "shim.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <sys/mman.h>
#include <algorithm>
#include <cstring>
#include <list>
#include <map>
#include <mutex>
#include <unordered_map>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace {

constexpr size_t kLarge = size_t{1} << 20;
constexpr size_t kHuge = size_t{2} << 20;
constexpr size_t kLeastKept = size_t{64} << 20;

// Eight sizes to each doubling: at most an eighth is wasted.
size_t rounded(size_t bytes) {
  size_t step = kLarge / 8;
  while (step * 16 < bytes) step *= 2;
  return (bytes + step - 1) / step * step;
}

void* map_block(size_t bytes) {
  if (bytes < 2 * kHuge) {
    void* block = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return block == MAP_FAILED ? nullptr : block;
  }
  // Aligned to huge pages, of which one fault brings 2 MiB.
  void* wide = mmap(nullptr, bytes + kHuge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (wide == MAP_FAILED) return nullptr;
  auto start = reinterpret_cast<uintptr_t>(wide);
  const auto aligned = (start + kHuge - 1) / kHuge * kHuge;
  if (aligned > start) munmap(wide, aligned - start);
  const auto rest = start + kHuge - aligned;
  if (rest > 0) munmap(reinterpret_cast<void*>(aligned + bytes), rest);
  madvise(reinterpret_cast<void*>(aligned), bytes, MADV_HUGEPAGE);
  return reinterpret_cast<void*>(aligned);
}

class BlockCache {
 public:
  void* take(size_t wanted) {
    const size_t bytes = rounded(wanted);
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = kept_.lower_bound(bytes);
    if (found != kept_.end() && found->first <= bytes + bytes / 4) {
      void* block = found->second->block;
      const size_t size = found->first;
      by_age_.erase(found->second);
      kept_.erase(found);
      kept_bytes_ -= size;
      begin_use(block, size);
      return block;
    }
    // What is kept and used together stays within a quarter above the most that was ever used.
    const size_t limit = std::max({kLeastKept, peak_ + peak_ / 4, used_ + bytes});
    while (!by_age_.empty() && used_ + kept_bytes_ + bytes > limit) drop_oldest();
    void* block = map_block(bytes);
    while (!block && !by_age_.empty()) {
      drop_oldest();
      block = map_block(bytes);
    }
    if (block) begin_use(block, bytes);
    return block;
  }

  // False for a block of another allocator.
  bool give(void* block) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = in_use_.find(block);
    if (found == in_use_.end()) return false;
    const size_t size = found->second;
    in_use_.erase(found);
    used_ -= size;
    by_age_.push_front({block, size});
    kept_.emplace(size, by_age_.begin());
    kept_bytes_ += size;
    return true;
  }

  void drop_all() {
    std::lock_guard<std::mutex> lock(mutex_);
    while (!by_age_.empty()) drop_oldest();
    peak_ = used_;
  }

  void tell(int64_t* used, int64_t* kept, int64_t* peak) {
    std::lock_guard<std::mutex> lock(mutex_);
    *used = static_cast<int64_t>(used_);
    *kept = static_cast<int64_t>(kept_bytes_);
    *peak = static_cast<int64_t>(peak_);
  }

 private:
  struct Kept {
    void* block;
    size_t size;
  };

  void begin_use(void* block, size_t size) {
    in_use_.emplace(block, size);
    used_ += size;
    peak_ = std::max(peak_, used_);
  }

  void drop_oldest() {
    auto oldest = std::prev(by_age_.end());
    auto range = kept_.equal_range(oldest->size);
    for (auto it = range.first; it != range.second; ++it) {
      if (it->second != oldest) continue;
      kept_.erase(it);
      break;
    }
    kept_bytes_ -= oldest->size;
    munmap(oldest->block, oldest->size);
    by_age_.pop_back();
  }

  std::mutex mutex_;
  std::unordered_map<void*, size_t> in_use_;
  std::list<Kept> by_age_;
  std::multimap<size_t, std::list<Kept>::iterator> kept_;
  size_t used_ = 0, kept_bytes_ = 0, peak_ = 0;
};

// Never destroyed: tensors are freed up to the very end of the process.
BlockCache& cache() {
  static auto* instance = new BlockCache;
  return *instance;
}

void release(void* block) {
  if (block && !cache().give(block)) c10::GetDefaultCPUAllocator()->raw_deleter()(block);
}

// libtorch made allocate non-const and added copy_data in 2.x; both forms stand here, and each version overrides its own.
struct CachingAllocator final : at::Allocator {
  at::DataPtr take(size_t bytes) const {
    if (bytes < kLarge) return c10::GetDefaultCPUAllocator()->allocate(bytes);
    void* block = cache().take(bytes);
    TORCH_CHECK(block, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes, " bytes.");
    return {block, block, &release, at::Device(at::DeviceType::CPU)};
  }
  at::DataPtr allocate(size_t bytes) const { return take(bytes); }
  at::DataPtr allocate(size_t bytes) { return take(bytes); }
  at::DeleterFnPtr raw_deleter() const { return &release; }
  void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }
};

}  // namespace

TS_EXPORT int32_t ts_cpu_cache_install() {
  return shim::guarded<int32_t>(-1, [] {
#if defined(__GLIBC__)
    // Large blocks no longer raise malloc's own thresholds, which for the rest would return the heap's top again and again.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
#endif
    static auto* allocator = new CachingAllocator;
    c10::SetCPUAllocator(allocator, 100);
    return 0;
  });
}

TS_EXPORT void ts_cpu_cache_tell(int64_t* used, int64_t* kept, int64_t* peak) { cache().tell(used, kept, peak); }
TS_EXPORT void ts_cpu_cache_empty() { cache().drop_all(); }
