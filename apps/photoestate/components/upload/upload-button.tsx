'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { FileInputs, useFileInputs } from '@repo/ui/file-inputs';
import { Upload } from '@repo/ui/icons';
import { ChevronDown, FolderUp, Images } from 'lucide-react';
import { acceptedPhotos } from '../../lib/upload/photo-files.ts';
import { useListingUploads } from './uploads.tsx';

type Props = {
  listingId: string;
  label: string;
  variant?: 'primary' | 'secondary';
  className?: string;
};

export function UploadButton({ listingId, label, variant = 'secondary', className }: Props) {
  const { add } = useListingUploads(listingId);
  const inputs = useFileInputs();
  return (
    <>
      <FileInputs inputs={inputs} onFiles={add} noun="photo" accept={acceptedPhotos} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant={variant} className={className}>
            <Upload />
            {label}
            <ChevronDown className="-me-1 size-3.5" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={inputs.chooseFiles}>
            <Images />
            Choose photos
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={inputs.chooseFolder}>
            <FolderUp />
            Choose a folder
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
