using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Calibration;

/// <summary>What a pipeline may say about the metric.</summary>
public sealed class CalibrationOptions
{
    [Range(1, 1000), Description("Bins of equal width that confidences from 0 to 1 are sorted into.")]
    public int Bins { get; set; } = 15;
}
