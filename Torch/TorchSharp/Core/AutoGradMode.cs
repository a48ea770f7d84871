using PluginHost.Torch.Interop;

namespace TorchSharp;

/// <summary>Switches the recording of gradients on this thread until disposed. Do not hold it across an await.</summary>
public sealed class AutoGradMode : IDisposable
{
    private readonly int previous = Native.ts_grad_mode();

    public AutoGradMode(bool mode) => Native.ts_set_grad_mode(mode ? 1 : 0);

    public void Dispose() => Native.ts_set_grad_mode(previous);
}

/// <summary>
/// Inference without any bookkeeping for autograd on this thread until disposed: tensors made inside can never be part of
/// a graph.
/// </summary>
public sealed class InferenceMode : IDisposable
{
    private nint guard;

    public InferenceMode(bool mode) => guard = Errors.Check(Native.ts_inference_guard(mode ? 1 : 0));

    public void Dispose()
    {
        var held = Interlocked.Exchange(ref guard, 0);
        if (held != 0) Native.ts_inference_guard_free(held);
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => Native.ts_grad_mode() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ts_inference_mode() != 0;
}
