#include "shim.h"

#include <c10/util/Exception.h>
#include <cstring>
#include <new>
#include <string>

namespace {
thread_local TsErrorKind last_kind = TS_OK;
thread_local std::string last_message;
}  // namespace

namespace shim {

void set_error(TsErrorKind kind, const char* message) noexcept {
  try {
    last_kind = kind;
    last_message = message;
  } catch (...) {
    last_kind = TS_OUT_OF_MEMORY;
  }
}

namespace {
// libtorch reports a failed CPU allocation as an ordinary enforcement error.
TsErrorKind refine(const char* message) {
  const bool exhausted = strstr(message, "not enough memory") || strstr(message, "out of memory") ||
                         strstr(message, "can't allocate memory");
  return exhausted ? TS_OUT_OF_MEMORY : TS_ERROR;
}
}  // namespace

void capture_exception() noexcept {
  try {
    throw;
  } catch (const c10::IndexError& e) {
    set_error(TS_INDEX, e.what_without_backtrace());
  } catch (const c10::ValueError& e) {
    set_error(TS_VALUE, e.what_without_backtrace());
  } catch (const c10::TypeError& e) {
    set_error(TS_TYPE, e.what_without_backtrace());
  } catch (const c10::NotImplementedError& e) {
    set_error(TS_NOT_IMPLEMENTED, e.what_without_backtrace());
  } catch (const c10::LinAlgError& e) {
    set_error(TS_LINALG, e.what_without_backtrace());
  } catch (const c10::OutOfMemoryError& e) {
    set_error(TS_OUT_OF_MEMORY, e.what_without_backtrace());
  } catch (const c10::Error& e) {
    set_error(refine(e.what_without_backtrace()), e.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    set_error(TS_OUT_OF_MEMORY, "out of memory");
  } catch (const std::out_of_range& e) {
    set_error(TS_INDEX, e.what());
  } catch (const std::exception& e) {
    set_error(refine(e.what()), e.what());
  } catch (...) {
    set_error(TS_ERROR, "an exception of unknown type was thrown in native code");
  }
}

}  // namespace shim

TS_EXPORT int32_t ts_error_kind() { return last_kind; }
TS_EXPORT const char* ts_error_message() { return last_message.c_str(); }
