using System.Runtime.CompilerServices;

namespace Torch.Tests;

/// <summary>
/// Tests run beside each other on few cores: one libtorch thread each, or they wait for one another's barriers.
/// </summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null) Environment.SetEnvironmentVariable("OMP_NUM_THREADS", "1");
    }
}
