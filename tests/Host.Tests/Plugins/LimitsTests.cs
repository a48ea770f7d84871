using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Tests.Plugins;

public sealed class LimitsTests
{
    public sealed class Limited
    {
        [Range(1, 8)] public int Between { get; set; } = 1;
        [Range(0, int.MaxValue)] public int AtLeast { get; set; }
        [Range(1L, long.MaxValue)] public long LongAtLeast { get; set; } = 1;
        [Range(0.0, 1.0, MinimumIsExclusive = true)] public double Above { get; set; } = 1;
        [Range(0.0, 1.0, MaximumIsExclusive = true)] public double Below { get; set; }
        [AllowedValues("a", "b")] public string Either { get; set; } = "a";
        [Required] public string Needed { get; set; } = "x";
        [StringLength(4)] public string Short { get; set; } = "";
        [RegularExpression("[ab]+")] public string Pattern { get; set; } = "a";
        public int Free { get; set; }
    }

    [Fact]
    public void Limits_are_said_in_words() => Assert.Equal(
        [
            "between: 1 to 8", "atLeast: at least 0", "longAtLeast: at least 1", "above: more than 0 and at most 1",
                "below: at least 0 and less than 1",
            "either: one of 'a', 'b'", "needed: required", "short: 0 to 4 characters", "pattern: match [ab]+", "free: ",
        ],
        OptionProperty.Of(typeof(Limited)).Select(p => $"{p.Name}: {Limits.Describe(p)}"));
}
