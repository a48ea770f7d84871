using System.Text.Json;
using PluginHost.Host.Plugins.Verification;
using PluginHost.PluginKit;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Verdicts on plugins as tables and as JSON.</summary>
internal static class VerdictTables
{
    /// <summary>A row a rule.</summary>
    public static ResultTable Rules(IReadOnlyList<PluginVerdict> verdicts)
    {
        var table = new ResultTable("Rules", ["plugin", "component", "rule", "verdict"]) { Alignment = ColumnAlignment.Words };
        foreach (var verdict in verdicts)
            foreach (var rule in verdict.Rules)
                table.Add(verdict.Plugin.Name, rule.Component, rule.Rule,
                    rule.Words.Length == 0 ? Word(rule.Outcome) : $"{Word(rule.Outcome)}: {rule.Words}");
        return table;
    }

    /// <summary>A row a plugin.</summary>
    public static ResultTable Summary(IReadOnlyList<PluginVerdict> verdicts)
    {
        var table = new ResultTable("", ["plugin", "verdict", "what it offers, or why not"]) { Alignment = ColumnAlignment.Words };
        foreach (var verdict in verdicts) table.Add(verdict.Plugin.Name, verdict.Word, verdict.Summary);
        return table;
    }

    /// <summary>Everything, for programs.</summary>
    public static string Json(IReadOnlyList<PluginVerdict> verdicts) => JsonSerializer.Serialize(verdicts.Select(v => new
    {
        Plugin = v.Plugin.Name, v.Plugin.File, Verdict = v.Word, Why = v.Failure, v.Offers,
        Rules = v.Rules.Select(r => new { r.Component, r.Rule, Verdict = Word(r.Outcome), Words = r.Words.Length > 0 ? r.Words : null }),
    }), PluginHost.Host.Records.Json.Indented);

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Kept => "kept",
        Outcome.Broken => "broken",
        _ => "not tried",
    };
}
