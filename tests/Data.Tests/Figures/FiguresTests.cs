using System.Text.RegularExpressions;
using System.Xml.Linq;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Figures;

public class FiguresTests
{
    private static readonly Frame frame = new("A & B", "base", "score") { Marks = [(3, "site")] };

    private static readonly double[,] matrix = { { 1, -2, double.NaN }, { 0, 0.5, 3 } };

    public static TheoryData<string> Drawings() =>
    [
        Chart.Lines(frame, [new("one", [(0, 1), (1, double.NaN), (2, 3)]), new("two < three", [(0, 2), (2, 1)])]),
        Chart.Points(frame, [new("one", [(0, 1), (double.NaN, 2)])]),
        Chart.Bars(frame, [("first", 1), ("second & third", double.NaN)]),
        Chart.HeatMap(frame, matrix, ["A", "C"], ["1", "2", "3"], signed: true),
        Chart.HeatMap(frame, new double[40, 400], [], [], signed: false),
        SequenceLogo.OfFrequencies("a < b", new[,] { { 0.7, 0.1, 0.1, 0.1 }, { 0, 0, 0, 1.0 } }),
        SequenceLogo.OfContributions("c", "ACGNT", [1, -0.5, 0, 7, double.NaN], "change"),
    ];

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Drawings_are_svg_that_follows_the_page(string svg)
    {
        var root = XDocument.Parse(svg).Root!;

        Assert.Equal("svg", root.Name.LocalName);
        Assert.Contains("var(--soft", svg);
        Assert.DoesNotContain("NaN", svg);
        Assert.DoesNotContain("<?xml", svg);
    }

    [Fact]
    public void Two_drawings_of_a_page_share_no_name()
    {
        var names = ((string[])[Chart.Lines(frame, [new("", [(0, 1), (1, 2)])]), Chart.Lines(frame, [new("", [(0, 1), (1, 3)])])])
            .Select(svg => Regex.Matches(svg, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToHashSet()).ToList();

        Assert.NotEmpty(names[0]);
        Assert.Empty(names[0].Intersect(names[1]));
    }

    [Fact]
    public void A_logo_is_as_high_as_its_bits()
    {
        Assert.Equal(2, InformationContent.Bits([0, 1, 0, 0]), 12);
        Assert.Equal(1, InformationContent.Bits([0.5, 0.5, 0, 0]), 12);
        Assert.Equal(0, InformationContent.Bits([0.25, 0.25, 0.25, 0.25]), 12);
    }

    [Fact]
    public void A_page_holds_what_it_was_given_escaped_and_no_outside_asset()
    {
        var html = new Page("Of <run>").Say("a & b").Heading("Motifs").Table(["name", "q"], [["<x>", "1e-5"], ["y", "-"]])
            .Figure(SequenceLogo.OfContributions("c", "ACG", [1, 2, 3], "bits"), "What <it> is.").Html();

        Assert.Contains("<h1>Of &lt;run&gt;</h1>", html);
        Assert.Contains("<td class=\"number\">1e-5</td>", html);
        Assert.Contains("<td>&lt;x&gt;</td>", html);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org", ""));
    }
}
