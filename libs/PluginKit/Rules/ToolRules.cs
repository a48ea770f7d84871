using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of tools before they run: what one does is its own affair.</summary>
internal static class ToolRules
{
    public static IEnumerable<Rule> Of(Subject subject)
    {
        var tool = subject.Build<ITool>();
        yield return new("files", () =>
        {
            foreach (var file in tool.Files) Require(Path.IsPathFullyQualified(file), $"Files names '{file}', which is no full path.");
        });
    }
}
