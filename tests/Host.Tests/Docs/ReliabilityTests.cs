using System.Text.RegularExpressions;

namespace PluginHost.Host.Tests.Docs;

/// <summary>The tests that the page of promises names are there.</summary>
public sealed partial class ReliabilityTests
{
    private static readonly Dictionary<string, string> sources = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        .GroupBy(f => Path.GetFileNameWithoutExtension(f)).ToDictionary(f => f.Key, f => string.Concat(f.Select(File.ReadAllText)));

    [Fact]
    public void Every_promise_names_tests_that_are_there()
    {
        var promises = Page.All.Single(p => p.Name == "docs/reliability.md")
            .Lines.Where(l => l.StartsWith("| ") && !l.StartsWith("| promise"))
            .ToList();

        Assert.True(promises.Count > 30);
        foreach (var promise in promises)
        {
            var named = Named().Matches(promise[promise.LastIndexOf("| ", StringComparison.Ordinal)..]);
            Assert.True(named.Count > 0, $"no test is named: {promise}");
            foreach (Match test in named)
            {
                Assert.True(sources.TryGetValue(test.Groups[1].Value, out var source), $"there is no class {test.Groups[1].Value}");
                Assert.True(test.Groups[2].Length == 0 || source!.Contains($" {test.Groups[2].Value}("), $"there is no test {test.Value}");
            }
        }
    }

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex Named();
}
