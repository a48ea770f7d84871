using System.Diagnostics;
using PluginHost.Host.Foundation;

namespace PluginHost.Host.Training;

/// <summary>How fast training goes: tokens per second over the last stretch, and the time left.</summary>
/// <param name="state">Counts steps and tokens.</param>
/// <param name="totalSteps">Steps of the stage.</param>
public sealed class Pace(TrainState state, long totalSteps)
{
    private readonly double before = state.Seconds;
    private readonly long firstStep = state.Step;
    private readonly Stopwatch whole = Stopwatch.StartNew();
    private readonly Stopwatch stretch = Stopwatch.StartNew();
    private TimeSpan training;
    private (double TokensPerSecond, double PaddingShare) last;
    private (long Step, long RealTokens, long Tokens) mark = (state.Step, state.RealTokens, state.Tokens);

    /// <summary>Wall-clock seconds of all attempts.</summary>
    public double Seconds => before + whole.Elapsed.TotalSeconds;

    /// <summary>Tokens that are not padding per second since the last mark; of the stretch before it when nothing was done since.</summary>
    public double TokensPerSecond => state.Step > mark.Step
        ? (state.RealTokens - mark.RealTokens) / Math.Max(1e-9, stretch.Elapsed.TotalSeconds) : last.TokensPerSecond;

    /// <summary>Share of padding since the last mark; of the stretch before it when nothing was done since.</summary>
    public double PaddingShare => state.Tokens > mark.Tokens
        ? 1 - (double)(state.RealTokens - mark.RealTokens) / (state.Tokens - mark.Tokens) : last.PaddingShare;

    /// <summary>Begins a new stretch.</summary>
    public void Mark()
    {
        last = (TokensPerSecond, PaddingShare);
        training += stretch.Elapsed;
        mark = (state.Step, state.RealTokens, state.Tokens);
        stretch.Restart();
    }

    /// <summary>Begins a new stretch after something that was no training, which is not counted.</summary>
    public void Resume()
    {
        mark = (state.Step, state.RealTokens, state.Tokens);
        stretch.Restart();
    }

    /// <summary>Where training stands.</summary>
    public StepReport Report(double loss, double learningRate)
    {
        var steps = Math.Max(1, state.Step - firstStep);
        var perStep = (training + stretch.Elapsed) / steps;
        return new StepReport(state.Step, totalSteps, loss, TokensPerSecond, perStep * (totalSteps - state.Step), PaddingShare,
            learningRate);
    }
}
