namespace PluginHost.Host.Tests.Docs;

/// <summary>A block between fences.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Line">Line of its first fence, from 1.</param>
/// <param name="Language">What stands behind the fence; empty for none.</param>
/// <param name="Text">What stands between the fences.</param>
public sealed record Block(Page Page, int Line, string Language, string Text)
{
    public override string ToString() => $"{Page.Name}:{Line}";
}

/// <summary>A page of the documentation.</summary>
public sealed class Page
{
    private Page(string name)
    {
        Name = name;
        Lines = File.ReadAllLines(FullPath);
        Blocks = [.. FindBlocks()];
    }

    /// <summary>Every page that users and plugin authors read.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "samples/README.md" }
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Repository.Root, f)))
            .Where(name => File.Exists(Path.Combine(Repository.Root, name)))
            .Order(StringComparer.Ordinal).Select(name => new Page(name)),
    ];

    /// <summary>Its path in the checkout.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The lines outside of blocks, each with its number.</summary>
    public IEnumerable<(int Number, string Text)> Prose =>
        Lines.Select((text, i) => (Number: i + 1, Text: text))
            .Where(line => !Blocks.Any(b => line.Number >= b.Line && line.Number <= b.Line + b.Text.Count(c => c == '\n') + 1));

    public override string ToString() => Name;

    private string FullPath => Path.Combine(Repository.Root, Name);

    private IEnumerable<Block> FindBlocks()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            if (!Lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            var start = i;
            while (++i < Lines.Count && Lines[i] != "```") { }
            Assert.True(i < Lines.Count, $"{Name}:{start + 1}: the block has no end.");
            var text = string.Concat(Lines.Skip(start + 1).Take(i - start - 1).Select(l => l + "\n"));
            yield return new(this, start + 1, Lines[start][3..], text);
        }
    }
}
