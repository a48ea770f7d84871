namespace PluginHost.Host.Models;

/// <summary>
/// Which heads an objective's roles get: those the pipeline names, else those with which the backbone answers what the tokenizer's prompt
/// asks for, else the objective's own.
/// </summary>
/// <param name="named">The pipeline's <c>heads:</c>.</param>
/// <param name="asked">What the tokenizer asks for.</param>
/// <param name="backbone">May offer heads for it.</param>
public sealed class HeadChoice(IReadOnlyDictionary<string, ComponentSpec> named, Question asked, Backbone backbone)
{
    private readonly List<string> notes = [];

    /// <summary>What was chosen for the prompt's sake, for the user.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The heads by role.</summary>
    /// <exception cref="UsageException">The backbone cannot answer as asked.</exception>
    public IReadOnlyDictionary<string, ComponentSpec> For(IObjective objective) => objective.Heads.ToDictionary(r => r.Name, Of);

    private ComponentSpec Of(HeadRole role)
    {
        if (named.TryGetValue(role.Name, out var chosen)) return chosen;
        if (role.Answer == AnswerKind.None || asked.Kind == AnswerKind.None || backbone.AnsweringHead(role, asked) is not { } answering)
            return role.Default;
        var options = answering.With.Select(o => $"{o.Key} {Written(o.Value)}");
        notes.Add($"The prompt ends by asking for {What(asked.Kind)}: head '{role.Name}' is {answering.Use} "
            + $"({string.Join(", ", options)}), "
            + $"which answers there. 'heads: {{ {role.Name}: ... }}' names another.");
        return answering;
    }

    private static string Written(object? value) => value is IEnumerable<object?> several ? string.Join(" ", several) : $"{value}";

    private static string What(AnswerKind kind) => kind switch
    {
        AnswerKind.Number => "a number",
        AnswerKind.Class => "a class",
        _ => "labels",
    };
}
