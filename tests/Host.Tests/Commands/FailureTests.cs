using PluginHost.Host.Foundation;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Commands;

public sealed class FailureTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new RunFailedException("the loss is not a number"), 1, "host: the loss is not a number" },
        { new UsageException("u"), 2, "host: u" },
        { new DataException("d"), 3, "host: d" },
        { new PluginException("p"), 4, "host: p" },
        { new ResourceException("r"), 5, "host: r" },
        { new Lenient(), 4, "host: all is well" },
        { new AggregateException(new DataException("inside")), 3, "host: inside" },
        { new OutOfMemoryException("no room"), 5, "host: There is not enough memory: no room. Lower batchTokens" },
        { new IOException("No space left on device : '/x'", 28), 5, "host: No space is left on the disk" },
        { new IOException("Read-only file system", 30), 5, "host: The disk cannot be written" },
        { new UnauthorizedAccessException("Access to '/x' is denied."), 5, "host: Access to '/x' is denied. Check the permissions" },
        { new DllNotFoundException("libx"), 5, "host: A native library is missing: libx" },
        { new FileNotFoundException("no file"), 3, "host: no file" },
        { new InvalidCastException("oops"), 1, "host: Unexpected failure: InvalidCastException: oops This is a defect" },
        { new OperationCanceledException("cancelled by itself"), 1, "host: Unexpected failure: OperationCanceledException" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_failure_has_its_exit_code_and_one_message(Exception failure, int code, string message)
    {
        var error = new StringWriter();
        Assert.Equal(code, Failure.Report(failure, verbose: false, interrupted: false, error));
        Assert.StartsWith(message, error.ToString());
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_interruption_is_130() =>
        Assert.Equal(130, Failure.Report(new OperationCanceledException(), verbose: false, interrupted: true, new StringWriter()));

    [Fact]
    public void Verbose_adds_the_stack_trace()
    {
        var error = new StringWriter();
        Failure.Report(new UsageException("u", new InvalidOperationException("why")), verbose: true, interrupted: false, error);
        Assert.Contains("why", error.ToString());
    }

    /// <summary>A failure that would end with success.</summary>
    private sealed class Lenient() : HostException(0, "all is well", null);
}
