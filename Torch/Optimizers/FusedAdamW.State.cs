using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginHost.Torch;

public sealed partial class FusedAdamW
{
    private const string Mean = ".exp_avg";
    private const string Square = ".exp_avg_sq";
    private const string Count = ".step";

    /// <summary>One parameter and what the optimizer remembers about it; made on its first step.</summary>
    internal sealed class Entry(string name, Parameter parameter) : IDisposable
    {
        internal string Name => name;

        internal Parameter Parameter => parameter;

        internal Tensor? Average { get; private set; }

        internal Tensor? AverageSquare { get; private set; }

        /// <summary>Steps taken, on the CPU and in composite mode.</summary>
        internal long Steps { get; set; }

        /// <summary>Steps taken, on CUDA: kept there because a skipped step is known only there.</summary>
        internal Tensor? DeviceSteps { get; set; }

        internal void Prepare()
        {
            if (Average is not null) return;
            Average = zeros_like(parameter).DetachFromDisposeScope();
            AverageSquare = zeros_like(parameter).DetachFromDisposeScope();
        }

        internal void Restore(Tensor average, Tensor square, long steps)
        {
            Prepare();
            _ = Average!.copy_(average);
            _ = AverageSquare!.copy_(square);
            Steps = steps;
            ForgetDeviceSteps();
        }

        internal void ForgetDeviceSteps()
        {
            DeviceSteps?.Dispose();
            DeviceSteps = null;
        }

        internal long CurrentSteps()
        {
            if (DeviceSteps is null) return Steps;
            using var here = DeviceSteps.cpu();
            return (long)here.item<float>();
        }

        public void Dispose()
        {
            Average?.Dispose();
            AverageSquare?.Dispose();
            DeviceSteps?.Dispose();
            (Average, AverageSquare, DeviceSteps) = (null, null, null);
        }
    }

    /// <summary>
    /// The state of every parameter that has taken a step: "NAME.exp_avg", "NAME.exp_avg_sq" (the optimizer's own tensors)
    /// and "NAME.step" (a new Int64 tensor without axes, the caller's to dispose).
    /// </summary>
    public Dictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor>();
        foreach (var entry in Entries)
        {
            if (entry.Average is null) continue;
            state[entry.Name + Mean] = entry.Average;
            state[entry.Name + Square] = entry.AverageSquare!;
            state[entry.Name + Count] = tensor(entry.CurrentSteps());
        }

        return state;
    }

    /// <summary>Restores what <see cref="State"/> returned. Parameters without an entry start anew.</summary>
    /// <exception cref="ArgumentException">A name belongs to no parameter, or a shape differs.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        var known = Entries.SelectMany(static entry => new[] { entry.Name + Mean, entry.Name + Square, entry.Name + Count }).ToHashSet();
        var stranger = state.Keys.FirstOrDefault(key => !known.Contains(key));
        if (stranger is not null)
            throw new ArgumentException($"the optimizer has no parameter for the saved state '{stranger}'", nameof(state));
        foreach (var entry in Entries) Check(entry, state);
        using var frozen = no_grad();
        foreach (var entry in Entries)
        {
            if (!state.TryGetValue(entry.Name + Mean, out var average))
            {
                entry.Dispose();
                entry.Steps = 0;
                continue;
            }

            using var steps = state[entry.Name + Count].cpu();
            entry.Restore(average, state[entry.Name + Square], steps.item<long>());
        }
    }

    // Before anything is changed.
    private static void Check(Entry entry, IReadOnlyDictionary<string, Tensor> state)
    {
        if (!state.TryGetValue(entry.Name + Mean, out var average)) return;
        if (!state.TryGetValue(entry.Name + Square, out var square) || !state.ContainsKey(entry.Name + Count))
            throw new ArgumentException($"the saved state of '{entry.Name}' is not complete", nameof(state));
        foreach (var moment in (Tensor[])[average, square])
            if (!moment.shape.SequenceEqual(entry.Parameter.shape))
                throw new ArgumentException($"the saved state of '{entry.Name}' has shape [{string.Join(", ", moment.shape)}], " +
                    $"the parameter [{string.Join(", ", entry.Parameter.shape)}]", nameof(state));
    }
}
