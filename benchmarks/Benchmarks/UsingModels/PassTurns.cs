using System.Diagnostics;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>A tool and plain programs in turn, in every round, and what the multiplications alone would take.</summary>
internal static class PassTurns
{
    /// <summary>OpenMP's threads spin for a while after their last work.</summary>
    private static readonly TimeSpan spinning = TimeSpan.FromMilliseconds(300);

    /// <summary>Milliseconds, the host's and those of a plain program with attention written out and with libtorch's operator.</summary>
    /// <param name="run">The tool's work.</param>
    /// <param name="request">The same work for the plain program, by whether attention is fused.</param>
    /// <param name="operations">Floating-point operations of its multiplications.</param>
    /// <param name="rounds">Of which medians are taken.</param>
    public static (Spread Host, Spread Written, Spread Fused, Spread Ideal) Measure(
        Action run, Func<bool, StepRequest> request, double operations, int rounds)
    {
        using var plain = Side.Plain.Start();
        var (host, written, fused, ideal) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        run();
        Ask(false);
        Ask(true);
        for (var round = 0; round < rounds; round++)
            foreach (var turn in Enumerable.Range(round, 3))
            {
                Thread.Sleep(spinning);
                if (turn % 3 != 0)
                {
                    (turn % 3 == 1 ? written : fused).Add(Ask(turn % 3 == 2));
                    continue;
                }
                // Before and after: others use the machine too, and not always alike.
                var before = SecondsOfAProduct();
                var watch = Stopwatch.StartNew();
                run();
                host.Add(watch.Elapsed.TotalMilliseconds);
                ideal.Add(operations * (before + SecondsOfAProduct()) / 2 / Product * 1e3);
            }
        return (new(host), new(written), new(fused), new(ideal));

        double Ask(bool isFused) => plain.Ask(request(isFused))["ms"]![0]!.GetValue<double>();
    }

    /// <summary>Operations of a product of the size that layers of width 768 have.</summary>
    private const double Product = 2.0 * 4096 * 768 * 3072;

    private static double SecondsOfAProduct()
    {
        const int Times = 5;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (a, b) = (randn(4096, 768), randn(768, 3072));
        var into = a.matmul(b);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++) matmul(a, b).Dispose();
        return watch.Elapsed.TotalSeconds / Times;
    }
}
