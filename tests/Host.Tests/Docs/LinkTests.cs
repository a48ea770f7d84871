using System.Text.RegularExpressions;

namespace PluginHost.Host.Tests.Docs;

/// <summary>What the documentation points to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_and_headings(string name)
    {
        var page = Page.All.Single(p => p.Name == name);
        foreach (var (number, text) in page.Prose)
            foreach (Match link in Link().Matches(text))
            {
                var target = link.Groups[1].Value;
                if (target.Contains("://", StringComparison.Ordinal)) continue;
                Assert.True(Leads(name, target), $"{name}:{number}: {target} leads nowhere.");
            }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_of_the_checkout_that_are_named_are_there(string name)
    {
        foreach (var (text, number) in Page.All.Single(p => p.Name == name).Lines.Select((text, i) => (text, i + 1)))
            foreach (Match file in CheckedIn().Matches(text))
                Assert.True(File.Exists(Path.Combine(Repository.Root, file.Value)), $"{name}:{number}: there is no {file.Value}.");
    }

    [Fact]
    public void The_index_names_every_page()
    {
        var index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "README.md"));
        foreach (var page in Page.All.Where(p => p.Name.StartsWith("docs/", StringComparison.Ordinal) && p.Name != "docs/README.md"))
            Assert.Contains($"({page.Name["docs/".Length..]})", index);
    }

    private static bool Leads(string from, string target)
    {
        var (file, anchor) = target.Split('#') is [var f, var a] ? (f, a) : (target, null);
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(from)!);
        var path = file.Length == 0 ? from : Path.GetRelativePath(Repository.Root, Path.Combine(folder, file));
        if (anchor is null) return Path.Exists(Path.Combine(Repository.Root, path));
        var page = Page.All.SingleOrDefault(p => p.Name == path);
        return page is not null && page.Prose.Where(l => l.Text.StartsWith('#')).Any(l => Anchor(l.Text.TrimStart('#').Trim()) == anchor);
    }

    /// <summary>The anchor that GitHub gives a heading.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(pipelines|samples|suites)/[A-Za-z0-9_./-]+\.(yaml|json|csv|md|sh|gz)\b", RegexOptions.CultureInvariant)]
    private static partial Regex CheckedIn();
}
