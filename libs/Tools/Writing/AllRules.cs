namespace PluginHost.Libs.Tools.Writing;

/// <summary>Several rules at once; complete when one of them is.</summary>
/// <param name="rules">At least one.</param>
public sealed class AllRules(params IReadOnlyList<DecodeRule> rules) : DecodeRule
{
    /// <inheritdoc/>
    public override bool IsComplete => rules.Any(r => r.IsComplete);

    /// <summary>One rule for several; null for none.</summary>
    public static DecodeRule? Of(IReadOnlyList<DecodeRule> rules) =>
        rules.Count switch { 0 => null, 1 => rules[0], _ => new AllRules(rules) };

    /// <inheritdoc/>
    public override void Restrict(Span<bool> allowed)
    {
        foreach (var rule in rules) rule.Restrict(allowed);
    }

    /// <inheritdoc/>
    public override DecodeRule After(int token) => new AllRules([.. rules.Select(r => r.After(token))]);
}
