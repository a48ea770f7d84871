using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class YamlDocumentTests
{
    private static string Complaint(string text) => Assert.Throws<UsageException>(() => YamlDocument.Parse("p.yaml", text)).Message;

    [Theory]
    [InlineData("a: 1\na: 2", "p.yaml:2: a: the key 'a' is given twice, first on line 1; remove one.")]
    [InlineData("a: { b: 1, b: 2 }", "p.yaml:1: a.b: the key 'b' is given twice, first on line 1; remove one.")]
    [InlineData("a: *x", "p.yaml:1: a: '*x' refers to an anchor that is not defined above.")]
    [InlineData("a: &x [*x]", "p.yaml:1: a.0: '*x' refers to an anchor that is not defined above.")]
    [InlineData("a: 1\n---\nb: 2", "p.yaml:2: a second document begins here; a file holds one.")]
    [InlineData("a: !!python/object:os.system x",
        "p.yaml:1: a: tags such as tag:yaml.org,2002:python/object:os.system are not taken; write the plain value.")]
    [InlineData("a: !mine x", "p.yaml:1: a: tags such as !mine are not taken; write the plain value.")]
    [InlineData("b: &b { c: 1 }\na:\n  <<: *b", "p.yaml:3: a.<<: merge keys are not taken; write the keys out.")]
    [InlineData("? [a, b]\n: c", "p.yaml:1: a key must be a plain word.")]
    public void What_YAML_allows_and_a_pipeline_does_not(string text, string message) => Assert.Equal(message, Complaint(text));

    [Theory]
    [InlineData("a: [1, 2", 1)]
    [InlineData("a: 1\n\tb: 2", 1)]
    [InlineData("a: 'x", 1)]
    [InlineData("ok: 1\na: b: c", 2)]
    [InlineData("a: 1\n  b: 2", 2)]
    [InlineData("a: @x", 1)]
    public void What_is_not_YAML_says_where(string text, int line)
    {
        var message = Complaint(text);
        Assert.Matches($@"^p\.yaml:({line}|{line + 1}): not valid YAML: .+ \(column \d+\)\.$", message);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_recursed_into() =>
        Assert.EndsWith("nested more than 32 deep.", Complaint(new string('[', 100_000)));

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.EndsWith("the document holds more than 20,000 values, aliases counted each time.", Complaint(bomb));
    }

    [Fact]
    public void Aliases_repeat_values_in_their_new_place()
    {
        var root = (MapNode)YamlDocument.Parse("p.yaml", "a: &x { b: 1 }\nc: *x");
        var copy = ((MapNode)root["c"]!)["b"]!;
        Assert.Equal(("c.b", 1, 1L), (copy.Place.Path, copy.Place.Line, copy.ToValue()));
    }

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("-0x", "-0x")]
    [InlineData("0xff", 255L)]
    [InlineData("0o17", 15L)]
    [InlineData("017", 17L)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("4.0e-4", 4e-4)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("yes", "yes")]
    [InlineData("no", "no")]
    [InlineData("null", null)]
    [InlineData("~", null)]
    [InlineData("1_000", "1_000")]
    [InlineData("12:30", "12:30")]
    [InlineData("'1'", "1")]
    [InlineData("\"true\"", "true")]
    public void Plain_values_mean_what_the_core_schema_says(string text, object? value) =>
        Assert.Equal(value, YamlDocument.Parse("p.yaml", text).ToValue());

    [Fact]
    public void Binary_and_oversized_files_are_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [0x1F, 0x8B, 0xFF, 0xFE, 0x00]);
            Assert.Contains("is not UTF-8 text", Assert.Throws<UsageException>(() => YamlDocument.ReadFile(file)).Message);
            File.WriteAllBytes(file, "a: \0"u8.ToArray());
            Assert.Contains("is not a text file", Assert.Throws<UsageException>(() => YamlDocument.ReadFile(file)).Message);
            File.WriteAllText(file, new string(' ', YamlDocument.MaxBytes + 1));
            Assert.Contains("Is it the right file?", Assert.Throws<UsageException>(() => YamlDocument.ReadFile(file)).Message);
            File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, .. "a: 1"u8]);
            Assert.Equal(1L, ((MapNode)YamlDocument.ReadFile(file))["a"]!.ToValue());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Spoiled_documents_never_fail_in_another_way()
    {
        var random = new Random(11);
        const string alphabet = "{}[]:,-&*!|>'\"#%@`\t\n  abc01?~<\\\0\u00e9";
        for (var i = 0; i < 20_000; i++)
        {
            var text = PipelineFile.Small.ToCharArray();
            for (var edits = random.Next(1, 6); edits > 0; edits--) text[random.Next(text.Length)] = alphabet[random.Next(alphabet.Length)];
            try
            {
                YamlDocument.Parse("p.yaml", new string(text));
            }
            catch (UsageException)
            {
                // The one way to fail.
            }
        }
    }
}
