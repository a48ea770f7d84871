using System.Diagnostics;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>A tool and plain programs in turn, in every round, and what the multiplications alone would take.</summary>
internal static class PassTurns
{
    /// <summary>
    /// Whether processor time is measured instead of time on the clock: on a machine that others use, with one thread
    /// (OMP_NUM_THREADS=1), for threads that wait for each other use it too.
    /// </summary>
    public static bool ProcessorTime { get; set; }

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
                host.Add(Seconds(run) * 1e3);
                ideal.Add(operations * (before + SecondsOfAProduct()) / 2 / Product * 1e3);
            }
        return (new(host), new(written), new(fused), new(ideal));

        double Ask(bool isFused)
        {
            var answer = plain.Ask(request(isFused));
            return (ProcessorTime ? answer["processor_ms"]! : answer["ms"]![0]!).GetValue<double>();
        }
    }

    /// <summary>Milliseconds of two actions in turn.</summary>
    public static (Spread First, Spread Second) Measure(Action first, Action second, int rounds)
    {
        var times = (First: new List<double>(), Second: new List<double>());
        first();
        second();
        for (var round = 0; round < rounds; round++)
            foreach (var turn in Enumerable.Range(round, 2))
            {
                Thread.Sleep(spinning);
                (turn % 2 == 0 ? times.First : times.Second).Add(Seconds(turn % 2 == 0 ? first : second) * 1e3);
            }
        return (new(times.First), new(times.Second));
    }

    /// <summary>Milliseconds of an action and of what a plain program is asked for, in turn.</summary>
    public static (Spread Host, Spread Plain) Measure(Action run, StepRequest request, int rounds)
    {
        using var plain = Side.Plain.Start();
        var (host, other) = (new List<double>(), new List<double>());
        run();
        plain.Ask(request);
        for (var round = 0; round < rounds; round++)
            foreach (var turn in Enumerable.Range(round, 2))
            {
                Thread.Sleep(spinning);
                if (turn % 2 == 0)
                {
                    host.Add(Seconds(run) * 1e3);
                    continue;
                }
                var answer = plain.Ask(request);
                other.Add((ProcessorTime ? answer["processor_ms"]! : answer["ms"]![0]!).GetValue<double>());
            }
        return (new(host), new(other));
    }

    private static double Seconds(Action run)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        run();
        return (ProcessorTime ? Environment.CpuUsage.TotalTime - processor : watch.Elapsed).TotalSeconds;
    }

    /// <summary>Operations of a product of the size that layers of width 768 have.</summary>
    private const double Product = 2.0 * 4096 * 768 * 3072;

    private static double SecondsOfAProduct()
    {
        const int Times = 5;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (a, b) = (randn(4096, 768), randn(768, 3072));
        a.matmul(b).Dispose();
        return Seconds(() =>
        {
            for (var i = 0; i < Times; i++) matmul(a, b).Dispose();
        }) / Times;
    }
}
