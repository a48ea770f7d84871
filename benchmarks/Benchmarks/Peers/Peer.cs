using System.Diagnostics;

namespace PluginHost.Benchmarks;

/// <summary>Python torch.</summary>
/// <param name="threads">Threads it computes with.</param>
internal sealed class Peer(int threads) : Child(Start(threads), Missing)
{
    /// <summary>Debian's interpreter unless another is named.</summary>
    public static string Python => Environment.GetEnvironmentVariable("PEER_PYTHON") is { Length: > 0 } named ? named : "/usr/bin/python3";

    private static string Missing =>
        $"{Python} is no Python with torch (Debian's is python3-torch; benchmarks/python-peer.sh makes a newer one, --python names it).";

    private static ProcessStartInfo Start(int threads) =>
        new(Python, ["-u", Path.Combine(Checkout.Scripts("Python"), "peer.py")]) { Environment = { ["OMP_NUM_THREADS"] = $"{threads}" } };
}
