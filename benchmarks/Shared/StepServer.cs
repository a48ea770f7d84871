using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PluginHost.Benchmarks;

/// <summary>Answers requests on standard input, a line each, and waits without computing in between: others are measured then.</summary>
internal static class StepServer
{
    /// <param name="about">The libraries in use, for the table's heading.</param>
    /// <param name="build">Makes the step of a shape in a type, "fp32" or "bf16".</param>
    /// <param name="predict">Makes what a request to predict asks for; null where nobody asks.</param>
    public static int Run(string about, Func<Shape, string, ITrainingStep> build, Func<StepRequest, ITrainingStep>? predict = null)
    {
        var steps = new Dictionary<string, ITrainingStep>();
        while (Console.ReadLine() is { } line)
        {
            var request = StepRequest.Read(line);
            object answer = request.What switch
            {
                "about" => new { about },
                "train" or "predict" => Times(request),
                "memory" => new { peak_mb = PeakMebibytes() },
                _ => throw new InvalidOperationException($"'{request.What}' is not asked of this program."),
            };
            Console.WriteLine(JsonSerializer.Serialize(answer));
        }

        foreach (var step in steps.Values) step.Dispose();
        return 0;

        object Times(StepRequest request)
        {
            if (!steps.TryGetValue(request.Key, out var step))
            {
                steps[request.Key] = step = request.What == "predict" ? predict!(request) : build(request.ToShape(), request.Dtype);
                for (var i = 0; i < request.Warmup; i++) step.Run();
            }

            for (var i = 0; i < request.Settle; i++) step.Run();
            var before = Environment.CpuUsage.TotalTime;
            double[] ms = [.. Enumerable.Range(0, request.Repeats).Select(_ => Time(step))];
            return new { ms, processor_ms = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds };
        }
    }

    private static double Time(ITrainingStep step)
    {
        var watch = Stopwatch.StartNew();
        step.Run();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double PeakMebibytes() =>
        double.Parse(File.ReadLines("/proc/self/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
