using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProvingLayer.Runtime.Files;

/// <summary>
/// Files that are there whole or not at all: written beside their place, flushed to the disk and moved over the old file in one step; read only up to
/// a limit that is known before the first byte is.
/// </summary>
public static class DurableFile
{
    private static int _serial;

    /// <summary>Writes a file. Whoever reads it, even after a crash at any moment, finds the old content or the new.</summary>
    /// <param name="path">The file; its folder is made if it is not there.</param>
    /// <param name="content">Its new content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        // In the same folder, because a move is one step only within a file system; unique, so that two processes do not share it.
        var part = string.Create(CultureInfo.InvariantCulture, $"{full}.{Environment.ProcessId}-{Interlocked.Increment(ref _serial)}.part");
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, full, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Reads a file that may not be larger than a limit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="error">Why it could not be read.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryRead(string path, int limit, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out TenorError? error)
    {
        (content, error) = (null, null);
        try
        {
            if (Directory.Exists(path))
            {
                error = new(TenorErrorKind.File, "this is a folder, not a file", path);
                return false;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (stream.CanSeek && stream.Length > limit)
            {
                error = TooLarge(path, limit);
                return false;
            }

            // A pipe has no length, and a file may grow while it is read: so the limit is held on what was read, and memory grows only with that.
            using var read = new MemoryStream(stream.CanSeek ? (int)stream.Length : 0);
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = stream.Read(buffer)) > 0)
            {
                if (read.Length + count > limit)
                {
                    error = TooLarge(path, limit);
                    return false;
                }

                read.Write(buffer, 0, count);
            }

            content = read.ToArray();
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            error = new(TenorErrorKind.File, "there is no such file", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = new(TenorErrorKind.File, $"the file cannot be read: {e.Message.ReplaceLineEndings(" ")}", path);
        }

        return false;
    }

    private static TenorError TooLarge(string path, int limit) =>
        new(TenorErrorKind.File, string.Create(CultureInfo.InvariantCulture, $"the file is larger than the {limit:N0} bytes such a file may have"), path);
}
