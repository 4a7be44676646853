using System.Diagnostics;
using System.Globalization;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Runtime.Tests.Signing;

public sealed class SigningKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("signing-").FullName;

    private string File => Path.Combine(folder, "alice.tkey");

    [Fact]
    public void A_key_signs_each_time_with_another_index_also_when_it_is_opened_again()
    {
        var indexes = new List<int>();
        Algebra.Digest key;
        using (var made = SigningKey.Create(File, 3))
        {
            key = made.Key.Digest;
            indexes.AddRange([made.Sign(default).Index, made.Sign(default).Index]);
        }

        for (var i = 0; i < 6; i++)
        {
            using var opened = SigningKey.Open(File);
            Assert.Equal(key, opened.Key.Digest);
            Assert.Equal(6 - i, opened.Remaining);
            var message = Digests.OfName($"message {i}");
            var signature = opened.Sign(message);
            Assert.True(SignatureScheme.Verify(key, message, signature));
            indexes.Add(signature.Index);
        }

        Assert.Equal(Enumerable.Range(0, 8), indexes);
        using var empty = SigningKey.Open(File);
        var refused = Assert.Throws<TenorException>(() => empty.Sign(default));
        Assert.Contains("has made all its 8 signatures", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S4_a_signer_killed_at_any_moment_uses_no_index_twice()
    {
        SigningKey.Create(File, 11).Dispose();
        var last = -1;
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            using var signer = Start();
            var told = new List<string>();
            for (var left = random.Next(1, 40); left > 0 && signer.StandardOutput.ReadLine() is { } line; left--)
                told.Add(line);
            Thread.SpinWait(random.Next(0, 200_000));
            signer.Kill();
            var rest = signer.StandardOutput.ReadToEnd();
            signer.WaitForExit();
            told.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)); // a line without its end says nothing
            Assert.True(told.Count > 0, $"seed {seed}: {signer.StandardError.ReadToEnd()}");
            foreach (var index in told.Select(l => int.Parse(l, CultureInfo.InvariantCulture)))
            {
                Assert.True(index > last, $"seed {seed}: index {index} after {last}");
                last = index;
            }
        }

        using var key = SigningKey.Open(File);
        Assert.True(key.Sign(default).Index > last);
    }

    [Fact]
    public void One_process_at_a_time_signs_with_a_key()
    {
        using var key = SigningKey.Create(File, 1);
        Assert.False(SigningKey.TryOpen(File, out _, out var error));
        Assert.Contains("one process at a time", error.Message, StringComparison.Ordinal);
        using var other = Start();
        Assert.Contains("one process at a time", other.StandardError.ReadToEnd(), StringComparison.Ordinal);
        other.WaitForExit();
        Assert.Throws<TenorException>(() => SigningKey.Create(File, 1)); // and none is written over
    }

    [Fact]
    public void A_torn_write_leaves_the_index_of_the_write_before_and_two_leave_none()
    {
        using (var key = SigningKey.Create(File, 4))
        {
            for (var i = 0; i < 5; i++)
                key.Sign(default);
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        Tear(bytes, 512 + 512 + 8); // the slot of index 5, written last: signature 4 was not made before it was whole
        using (var key = SigningKey.Open(File))
            Assert.Equal(4, key.Sign(default).Index);
        Tear(bytes, 512 + 8);
        Assert.False(SigningKey.TryOpen(File, out _, out var error));
        Assert.Contains("must sign no more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P8_What_is_no_key_is_an_error_and_no_exception()
    {
        using (var key = SigningKey.Create(File, 0))
        {
            Assert.Equal(TenorErrorKind.File, Error(Path.Combine(folder, "nobody.tkey")).Kind);
        }

        var whole = System.IO.File.ReadAllBytes(File);
        foreach (var length in new[] { 0, 1, 16, whole.Length - 1, whole.Length + 1 })
        {
            System.IO.File.WriteAllBytes(File, whole.Append((byte)0).Take(length).ToArray());
            Assert.Equal("this is no signing key", Error(File).Message);
        }

        // Every byte that says something, changed.
        foreach (var at in Enumerable.Range(0, 80).Concat(Enumerable.Range(512, 36)).Where(i => i is < 12 or > 15))
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x40;
            System.IO.File.WriteAllBytes(File, changed);
            Assert.Equal(TenorErrorKind.Format, Error(File).Kind);
        }
    }

    [Fact]
    public void S7_The_secret_is_in_no_text_and_its_file_is_its_owners()
    {
        using var key = SigningKey.Create(File, 0);
        Assert.Equal($"a signing key (secret) of {key.Key}", key.ToString());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static TenorError Error(string path)
    {
        Assert.False(SigningKey.TryOpen(path, out _, out var error), path);
        return error;
    }

    private void Tear(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
    }

    private Process Start()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var writer = Repository.PathOf("artifacts", "bin", "ProvingLayer.LedgerWriter", configuration, "ProvingLayer.LedgerWriter.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [writer, "sign", File]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
