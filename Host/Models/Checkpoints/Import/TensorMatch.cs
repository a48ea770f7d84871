using System.IO.Enumeration;
using PluginHost.Checkpoints;

namespace PluginHost.Host.Models.Checkpoints.Import;

using static TorchSharp.torch;

/// <summary>Which tensor of a file fills which weight of a model: every one on both sides is accounted for, or is a problem.</summary>
internal sealed class TensorMatch
{
    private readonly CheckpointPlan plan;
    private readonly Dictionary<string, CheckpointTensor> byState = [];
    private readonly List<string> problems = [];

    private TensorMatch(CheckpointPlan plan) => this.plan = plan;

    /// <summary>Weights of the model and the file's tensors that fill them.</summary>
    public Dictionary<string, CheckpointTensor> Filled { get; } = [];

    /// <summary>Weights that stay at random because a new head was asked for.</summary>
    public List<string> Random { get; } = [];

    /// <summary>The file's tensors that must equal the one a weight is filled with: the file's and that weight's name.</summary>
    public List<(CheckpointTensor Alias, string Weight)> Tied { get; } = [];

    /// <summary>The file's tensors left out, with the reason.</summary>
    public List<(string Name, string Why)> LeftOut { get; } = [];

    /// <summary>What is wrong: a line for each missing, unexpected or mismatched tensor. Empty when all is accounted for.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Matches by names and shapes.</summary>
    /// <param name="tensors">The file's.</param>
    /// <param name="plan">What the names mean.</param>
    /// <param name="state">The model's weights.</param>
    /// <param name="patterns">Names the user wants left out.</param>
    public static TensorMatch Of(IReadOnlyList<CheckpointTensor> tensors, CheckpointPlan plan,
        IReadOnlyList<(string Name, Tensor Tensor)> state, IReadOnlyList<string> patterns)
    {
        var match = new TensorMatch(plan);
        foreach (var tensor in tensors)
        {
            var name = plan.Renamed.GetValueOrDefault(tensor.Name, tensor.Name);
            if (patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, tensor.Name, ignoreCase: false)))
                match.LeftOut.Add((tensor.Name, "as asked"));
            else if (!match.byState.TryAdd(name, tensor))
                match.problems.Add($"twice       {name}: '{match.byState[name].Name}' and '{tensor.Name}' both stand for it");
        }
        foreach (var (name, tensor) in state) match.Fill(name, tensor);
        var weights = state.Select(s => s.Name).ToHashSet();
        foreach (var (name, tensor) in match.byState)
            if (!weights.Contains(name)) match.Surplus(name, tensor, weights);
        return match;
    }

    private void Fill(string name, Tensor weight)
    {
        var found = byState.GetValueOrDefault(name)
            ?? Aliases(name).Select(a => byState.GetValueOrDefault(a)).FirstOrDefault(t => t is not null);
        if (found is null)
        {
            if (plan.New.Any(n => name.StartsWith(n, StringComparison.Ordinal))) Random.Add(name);
            else problems.Add($"missing     {name}: {new CheckpointTensor(name, weight.dtype, weight.shape).Describe()} is needed");
            return;
        }
        if (!found.Shape.SequenceEqual(weight.shape))
            problems.Add($"mismatched  {found.Name}: the file has {found.Describe()}, the model needs [{string.Join(", ", weight.shape)}]");
        else if (is_floating_point(found.Type) != is_floating_point(weight.dtype))
            problems.Add($"mismatched  {found.Name}: the file has {found.Describe()}, the model needs {weight.dtype}");
        else Filled[name] = found;
    }

    private void Surplus(string name, CheckpointTensor tensor, HashSet<string> weights)
    {
        if (plan.LeftOut.TryGetValue(tensor.Name, out var why)) LeftOut.Add((tensor.Name, why));
        else if (Aliases(name).FirstOrDefault(weights.Contains) is { } weight)
        {
            // It may be what filled that weight itself.
            if (Filled.GetValueOrDefault(weight) is { } used && used != tensor) Tied.Add((tensor, weight));
        }
        else problems.Add($"unexpected  {tensor.Name}: {tensor.Describe()} has no place in the model");
    }

    private IEnumerable<string> Aliases(string name)
    {
        if (plan.Ties.TryGetValue(name, out var original)) yield return original;
        foreach (var (alias, of) in plan.Ties)
            if (of == name) yield return alias;
    }
}
