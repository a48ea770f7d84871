using System.Text;
using PluginHost.Host.Cli.Terminal;

namespace PluginHost.Host.Tests.Terminal;

public sealed class SteadyWriterTests
{
    [Fact]
    public void A_full_stream_is_told_once_and_never_thrown()
    {
        var writer = new SteadyWriter(new Full());
        Assert.Null(writer.Failure);
        writer.WriteLine("lost");
        writer.Write('x');
        writer.Write("lost".ToCharArray(), 1, 2);
        writer.Flush();
        Assert.Equal("full", writer.Failure);
    }

    [Fact]
    public void A_closed_stream_is_a_failure_only_when_something_was_to_be_written()
    {
        var inner = new StringWriter();
        var writer = new SteadyWriter(inner);
        writer.Close("it is closed");
        Assert.Null(writer.Failure);
        writer.Write("lost");
        Assert.Equal(("it is closed", ""), (writer.Failure, inner.ToString()));
    }

    [Fact]
    public void What_can_be_written_is()
    {
        var inner = new StringWriter { NewLine = "\n" };
        var writer = new SteadyWriter(inner);
        writer.Write('a');
        writer.Write("b");
        writer.WriteLine("c");
        Assert.Equal(("abc\n", null), (inner.ToString(), writer.Failure));
    }

    private sealed class Full : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("full");
    }
}
