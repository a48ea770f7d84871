using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace PluginHost.Torch.Interop;

/// <summary>The entry points of libpluginhost_torch. Nothing here throws; <see cref="Errors"/> reads what went wrong.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "pluginhost_torch";

    static Native() => NativeLoader.Install();

    [LibraryImport(Library)] internal static partial int ts_error_kind();
    [LibraryImport(Library)] internal static partial nint ts_error_message();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ts_op(string name, string overload);
    [LibraryImport(Library)]
    internal static partial int ts_call(nint op, NativeArg* args, int count, NativeArg* outs, int capacity);
    [LibraryImport(Library)] internal static partial void ts_free(nint memory);

    [LibraryImport(Library)] internal static partial void ts_cpu_cache_tell(long* used, long* kept, long* peak);
    [LibraryImport(Library)] internal static partial void ts_cpu_cache_empty();

    [LibraryImport(Library)] internal static partial void ts_tensor_free(nint t);
    [LibraryImport(Library)] internal static partial nint ts_tensor_alias(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_dim(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_numel(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_dtype(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_element_size(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_requires_grad(nint t);
    [LibraryImport(Library)] internal static partial int ts_tensor_is_leaf(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_is_sparse(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_is_contiguous(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_is_inference(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_storage_offset(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_device(nint t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_tensor_sizes(nint t, long* sizes);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_tensor_strides(nint t, long* strides);
    [LibraryImport(Library)] internal static partial nint ts_tensor_data(nint t);
    [LibraryImport(Library)] internal static partial nint ts_tensor_storage_id(nint t);
    [LibraryImport(Library)] internal static partial nint ts_tensor_copy_of(void* data, long* sizes, int dims, int dtype);
    [LibraryImport(Library)]
    internal static partial nint ts_tensor_over(void* data, long* sizes, int dims, int dtype,
        delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library)]
    internal static partial int ts_backward(nint* tensors, int count, nint* grads, int retainGraph, int createGraph,
        nint* inputs, int inputCount);
    [LibraryImport(Library)]
    internal static partial int ts_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* grads,
        int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial int ts_set_requires_grad(nint t, int on);
    [LibraryImport(Library)] internal static partial nint ts_grad_get(nint t);
    [LibraryImport(Library)] internal static partial int ts_grad_set(nint t, nint grad);
    [LibraryImport(Library)] internal static partial nint ts_grad_fn_name(nint t);
    [LibraryImport(Library)] internal static partial nint ts_parameter(nint t, int requiresGrad);
    [LibraryImport(Library)] internal static partial int ts_grad_mode();
    [LibraryImport(Library)] internal static partial void ts_set_grad_mode(int on);
    [LibraryImport(Library)] internal static partial int ts_inference_mode();
    [LibraryImport(Library)] internal static partial nint ts_inference_guard(int on);
    [LibraryImport(Library)] internal static partial void ts_inference_guard_free(nint guard);
    [LibraryImport(Library)] internal static partial int ts_anomaly_mode();
    [LibraryImport(Library)] internal static partial void ts_set_anomaly_mode(int on);

    [LibraryImport(Library)] internal static partial int ts_autocast_enabled(int device);
    [LibraryImport(Library)] internal static partial int ts_autocast_dtype(int device);
    [LibraryImport(Library)] internal static partial int ts_autocast_set(int device, int enabled, int dtype);
    [LibraryImport(Library)] internal static partial void ts_autocast_enter();
    [LibraryImport(Library)] internal static partial void ts_autocast_exit();
    [LibraryImport(Library)] internal static partial int ts_autocast_cache();
    [LibraryImport(Library)] internal static partial void ts_autocast_set_cache(int on);

    [LibraryImport(Library)] internal static partial int ts_manual_seed(ulong seed);
    [LibraryImport(Library)] internal static partial nint ts_generator_default(int device, int index);
    [LibraryImport(Library)] internal static partial nint ts_generator_new(ulong seed, int device, int index);
    [LibraryImport(Library)] internal static partial void ts_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial ulong ts_generator_seed(nint generator);
    [LibraryImport(Library)] internal static partial int ts_generator_set_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial nint ts_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial int ts_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial ulong ts_random64();

    [LibraryImport(Library)] internal static partial nint ts_torch_version();
    [LibraryImport(Library)] internal static partial nint ts_build_configuration();
    [LibraryImport(Library)] internal static partial nint ts_parallel_info();
    [LibraryImport(Library)] internal static partial int ts_num_threads();
    [LibraryImport(Library)] internal static partial int ts_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int ts_num_interop_threads();
    [LibraryImport(Library)] internal static partial int ts_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int ts_has_mkldnn();
    [LibraryImport(Library)] internal static partial int ts_has_mkl();
    [LibraryImport(Library)] internal static partial int ts_has_openmp();
    [LibraryImport(Library)] internal static partial int ts_has_cuda();
    [LibraryImport(Library)] internal static partial int ts_deterministic();
    [LibraryImport(Library)] internal static partial int ts_set_deterministic(int on, int warnOnly);
    [LibraryImport(Library)] internal static partial void ts_set_tf32(int matmul, int cudnn);
    [LibraryImport(Library)] internal static partial int ts_tf32_matmul();
    [LibraryImport(Library)] internal static partial int ts_tf32_cudnn();
    [LibraryImport(Library)] internal static partial void ts_set_cudnn_benchmark(int on);
    [LibraryImport(Library)] internal static partial int ts_cudnn_benchmark();
    [LibraryImport(Library)] internal static partial void ts_set_cudnn_deterministic(int on);
    [LibraryImport(Library)] internal static partial int ts_cudnn_deterministic();

    [LibraryImport(Library)]
    internal static partial int ts_adamw(int count, nint* parameters, nint* grads, nint* means, nint* squares, double lr,
        double beta1, double beta2, double eps, double weightDecay, long step, double gradScale);
    [LibraryImport(Library)] internal static partial double ts_grad_norm(int count, nint* grads);

    [LibraryImport(Library)] internal static partial int ts_cuda_device_count();
    [LibraryImport(Library)] internal static partial int ts_cuda_memory(int device, long* free, long* total);
    [LibraryImport(Library)] internal static partial int ts_cuda_capability(int device, int* major, int* minor);
    [LibraryImport(Library)] internal static partial nint ts_cuda_name(int device);
    [LibraryImport(Library)] internal static partial int ts_cuda_synchronize(int device);
    [LibraryImport(Library)] internal static partial int ts_cuda_empty_cache();
    [LibraryImport(Library)] internal static partial int ts_cuda_allocated(int device, long* current, long* peak);

    [LibraryImport(Library)] internal static partial int ts_gloo_available();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ts_gloo_new(string host, int port, int rank, int size, long timeoutMilliseconds);
    [LibraryImport(Library)] internal static partial int ts_gloo_all_reduce(nint group, nint tensor);
    [LibraryImport(Library)] internal static partial int ts_gloo_broadcast(nint group, nint tensor, int root);
    [LibraryImport(Library)] internal static partial int ts_gloo_barrier(nint group);
    [LibraryImport(Library)] internal static partial void ts_gloo_free(nint group);

    /// <summary>A static or thread-local UTF-8 text of the native side.</summary>
    internal static string Text(nint pointer) => Marshal.PtrToStringUTF8(pointer) ?? "";
}
