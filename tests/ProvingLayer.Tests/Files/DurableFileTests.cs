using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Tests.CommandLine;

namespace ProvingLayer.Tests.Files;

/// <summary>Files are there whole or not at all, and reading one never takes more memory than such a file may have.</summary>
public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_and_nothing_is_left_beside_it()
    {
        DurableFile.Write(folder["a/b.bin"], [1, 2, 3]);
        DurableFile.Write(folder["a/b.bin"], [4]);
        Assert.True(DurableFile.TryRead(folder["a/b.bin"], 10, out var content, out _));
        Assert.Equal([4], content);
        Assert.Equal(["b.bin"], Directory.GetFiles(folder["a"]).Select(Path.GetFileName));
    }

    [Fact]
    public void S3_a_file_above_its_limit_is_refused_unread()
    {
        using (var file = File.Create(folder["large"]))
        {
            file.SetLength(1L << 40); // sparse: a terabyte on paper
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(DurableFile.TryRead(folder["large"], 1_000_000, out _, out var error));
        Assert.Equal(TenorErrorKind.File, error.Kind);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void Folders_and_missing_files_are_errors_that_name_them()
    {
        Assert.False(DurableFile.TryRead(folder.Root, 10, out _, out var error));
        Assert.Contains("folder", error.ToString(), StringComparison.Ordinal);
        Assert.False(DurableFile.TryRead(folder["none"], 10, out _, out error));
        Assert.Contains(folder["none"], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S4_a_reader_never_sees_half_a_file()
    {
        // Two writers and a reader at once: every content read is one that was written whole.
        const int length = 200_000;
        DurableFile.Write(folder["f"], Content(0));
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(1, 2).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 60; i++)
            {
                DurableFile.Write(folder["f"], Content((byte)(writer + (2 * i))));
            }
        })).ToArray();
        var reader = Task.Run(() =>
        {
            var seen = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.True(DurableFile.TryRead(folder["f"], length, out var content, out var error), error?.ToString());
                Assert.Equal(length, content.Length);
                Assert.True(content.AsSpan().IndexOfAnyExcept(content[0]) < 0);
                seen++;
            }

            return seen;
        });
        await Task.WhenAll(writers);
        await stop.CancelAsync();
        Assert.True(await reader > 0);
        Assert.Single(Directory.GetFiles(folder.Root));

        static byte[] Content(byte fill)
        {
            var bytes = new byte[length];
            bytes.AsSpan().Fill(fill);
            return bytes;
        }
    }
}
