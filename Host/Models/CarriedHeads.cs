namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>
/// Which heads of a stage go on with weights that were trained before, and which begin at random: decided by names and shapes.
/// </summary>
public sealed class CarriedHeads
{
    private readonly List<(TrainedHeads From, TaskModel Model, string Role)> carried = [];
    private readonly List<string> notes = [];

    private CarriedHeads() { }

    /// <summary>A stage that nothing was trained before.</summary>
    public static CarriedHeads None { get; } = new();

    /// <summary>What goes on and what is new, in sentences; none where nothing was trained before.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Decides, without touching a weight.</summary>
    /// <param name="model">The stage's model.</param>
    /// <param name="objectiveSpec">What its objective was built from.</param>
    /// <param name="objective">Its objective.</param>
    /// <param name="earlier">What was trained before, nearest first.</param>
    public static CarriedHeads Plan(TaskModel model, ComponentSpec objectiveSpec, IObjective objective, IReadOnlyList<TrainedHeads> earlier)
    {
        var plan = new CarriedHeads();
        if (earlier.Count == 0) return plan;
        foreach (var role in model.Heads.Keys.Order(StringComparer.Ordinal))
        {
            var weights = model.HeadState(role);
            if (weights.Count == 0) continue;
            var names = string.Join(", ", weights.Select(w => w.Name));
            var head = $"head '{role}' ({model.HeadSpecs[role].Use})";
            if (model.Heads[role].IsFilled)
            {
                plan.notes.Add($"{head} has the weights of its own file: {names}.");
                continue;
            }
            if (earlier.FirstOrDefault(e => e.Heads.Contains(model.Heads[role])) is { } owner)
            {
                plan.notes.Add($"{head} is that of {owner.Name}: {names}.");
                continue;
            }
            string? reason = null;
            TrainedHeads? from = null;
            foreach (var one in earlier.Where(e => weights.Any(w => e.Shapes.ContainsKey(w.Name))))
            {
                var differs = Difference(model, role, weights, objectiveSpec.Use, objective.Card.OutputNames, one);
                reason ??= differs;
                if (differs is not null) continue;
                from = one;
                break;
            }
            if (from is not null) plan.carried.Add((from, model, role));
            plan.notes.Add(from is not null ? $"{head} goes on with the weights of {from.Name}: {names}."
                : $"{head} is new and begins at random: {names}.{reason}");
        }
        return plan;
    }

    /// <summary>Copies the weights, as they are now.</summary>
    public void Carry()
    {
        foreach (var (from, model, role) in carried) from.Fill(model.HeadState(role));
    }

    /// <summary>Why a head cannot go on with others' weights, as a sentence to append; null if it can.</summary>
    private static string? Difference(TaskModel model, string role, IReadOnlyList<(string Name, Tensor Tensor)> weights, string objective,
        IReadOnlyList<string> outputs, TrainedHeads trained)
    {
        foreach (var (name, tensor) in weights)
        {
            if (!trained.Shapes.TryGetValue(name, out var shape)) return $" {trained.Name} has no '{name}'.";
            if (!shape.SequenceEqual(tensor.shape))
                return $" In {trained.Name} '{name}' has the shape [{string.Join(", ", shape)}], here [{string.Join(", ", tensor.shape)}].";
        }
        if (model.Heads[role].IsGeneral) return null;
        var use = model.HeadSpecs[role].Use;
        if (Bare(trained.Objective) != Bare(objective) || Bare(trained.Specs.GetValueOrDefault(role)?.Use) != Bare(use))
            return $" Those of {trained.Name} were trained by '{trained.Objective}' for another task.";
        return trained.Outputs.SequenceEqual(outputs) ? null
            : $" Those of {trained.Name} are for the outputs {Show(trained.Outputs)}, here they are {Show(outputs)}.";
    }

    /// <summary>A component's name without the assembly that may stand before it.</summary>
    private static string? Bare(string? use) => use?.Split('/')[^1];

    private static string Show(IReadOnlyList<string> outputs) => outputs.Count == 0 ? "without names" : string.Join(", ", outputs);
}
