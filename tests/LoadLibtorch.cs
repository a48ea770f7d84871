using System.Runtime.CompilerServices;

/// <summary>Tests use tensors without a host around them: libtorch is loaded before the first, on one thread unless asked.</summary>
internal static class LoadLibtorch
{
#pragma warning disable CA2255 // A test assembly is an application.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Now()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null) Environment.SetEnvironmentVariable("OMP_NUM_THREADS", "1");
        PluginHost.Torch.Loading.Libtorch.Load();
    }
}
